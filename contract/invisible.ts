/** Scripts in which a joiner between two letters is spelling: Persian and the Indic scripts. */
const JOINING =
  '[\\p{sc=Arab}\\p{sc=Beng}\\p{sc=Deva}\\p{sc=Gujr}\\p{sc=Guru}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Orya}\\p{sc=Sinh}\\p{sc=Taml}\\p{sc=Telu}]';

/** Sequences in which an invisible character is part of a visible one: emoji, and letters around a joiner. */
const COMPOSED = new RegExp(`\\p{RGI_Emoji}|(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`, 'gv');

/**
 * Characters that show nothing or change the direction of others: controls, direction controls, line and paragraph
 * separators, annotation marks, the Braille blank, and default ignorable code points (UAX #44: soft hyphen, zero
 * width characters, Hangul fillers, variation selectors, tags).
 */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb\u2800]/u;

/**
 * The position of the first invisible character, in UTF-16 units; -1 without one. Invisible characters make one name
 * look like another.
 *
 * @param hasLines whether line feeds and tabs are allowed
 */
export function invisibleAt(text: string, { hasLines = false } = {}): number {
  const shown = text.replace(COMPOSED, (found) => 'x'.repeat(found.length));
  return (hasLines ? shown.replace(/[\n\t]/g, ' ') : shown).search(INVISIBLE);
}
