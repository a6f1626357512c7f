/**
 * Removes the format characters (Unicode category Cf: zero width, direction marks, soft hyphens) that copied text may
 * contain. They are invisible and mean nothing in an amount, an address, a username or a code. Those that can reverse
 * the order of digits stay, because the text would otherwise differ from the one that was seen.
 */
export const withoutFormats = (text: string): string =>
  text.replace(/[\p{Cf}--[\u061c\u200f\u202b\u202e\u2067]]/gv, '');
