/** Scripts with letters that look like letters of another one, and the scripts that people write together. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
];

/**
 * Whether a name has letters of several scripts with look-alikes, such as a Cyrillic letter in a Latin word. Other
 * scripts may be mixed, as in Japanese. A stricter rule is in UTS #39, section 5.2.
 */
export const mixesScripts = (name: string): boolean =>
  SCRIPTS.filter((script) => script.test(name)).length > 1;
