/**
 * A text without the format characters (Unicode's category Cf: zero width, direction marks, soft hyphens) that come along
 * from other pages. They show nothing, and have no meaning in an amount, an address, a username or a code. Those that may
 * turn the order of digits round stay, because the text would then read otherwise than it was seen.
 */
export const withoutFormats = (text: string): string =>
  text.replace(/[\p{Cf}--[\u061c\u200f\u202b\u202e\u2067]]/gv, '');
