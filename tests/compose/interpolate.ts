/** A variable as a compose file names it: `${NAME:-word}` has the operator `:-`; a plain one has neither. */
export type Variable = { name: string; operator: string; word: string };

/** `$$`, `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`, `${NAME:?word}`, `${NAME?word}`, and `+` likewise. */
const reference =
  /\$(?:(?<escaped>\$)|(?<plain>[a-z_]\w*)|\{(?<name>[a-z_]\w*)(?:(?<operator>:?[-?+])(?<word>(?:[^{}]|\$\{[^{}]*\})*))?\})/gi;

/**
 * A text of a compose file with its variables filled in, as docker compose does it. Throws, by name and with the
 * sentence that stands there, for one that is required and missing; an unknown one is empty.
 */
export function interpolate(text: string, environment: Record<string, string>): string {
  return text.replace(reference, (...match) => {
    const { escaped, plain, name = plain, operator = '', word = '' } = match.at(-1);
    if (escaped) return '$';
    const value = environment[name];
    const isGiven = value !== undefined && (value !== '' || !operator.startsWith(':'));
    if (operator.endsWith('?') && !isGiven) throw new Error(`${name} ${interpolate(word, environment)}`);
    if (operator.endsWith('+')) return isGiven ? interpolate(word, environment) : '';
    return isGiven ? value : interpolate(word, environment);
  });
}

/** Every variable that a text names, those within words included. */
export function variablesIn(text: string): Variable[] {
  return [...text.matchAll(reference)].flatMap(({ groups = {} }) => {
    const { escaped, plain, name = plain, operator = '', word = '' } = groups;
    return escaped || !name ? [] : [{ name, operator, word }, ...variablesIn(word)];
  });
}
