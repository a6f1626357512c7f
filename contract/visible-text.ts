import * as z from 'zod';

/** Scripts in which a joiner between two letters is spelling: Persian and the Indic scripts. */
const JOINING =
  '[\\p{sc=Arab}\\p{sc=Beng}\\p{sc=Deva}\\p{sc=Gujr}\\p{sc=Guru}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Orya}\\p{sc=Sinh}\\p{sc=Taml}\\p{sc=Telu}]';

/** Sequences in which an invisible character is part of a visible one: emoji, and letters around a joiner. */
const COMPOSED = new RegExp(`\\p{RGI_Emoji}|(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`, 'gv');

/**
 * Characters that show nothing or change the direction of others: controls, direction controls, line and paragraph
 * separators, annotation marks, the Braille blank, and what Unicode calls default ignorable (UAX #44: soft hyphen, zero
 * width characters, Hangul fillers, variation selectors, tags).
 */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb\u2800]/u;

const MESSAGE = 'must not hold invisible characters or direction controls';

/** Whether `text` reads as it is stored. Invisible characters make one name look like another. */
const isVisible = (text: string) => !INVISIBLE.test(text.replace(COMPOSED, ''));

/** One line of text by a person, 1 to `max` UTF-16 units: kept as text, shown as text. */
export const line = (max: number) => z.string().trim().min(1).max(max).refine(isVisible, MESSAGE);

/** Text by a person, up to `max` UTF-16 units. Line feeds and tabs are allowed. */
export const lines = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => isVisible(text.replace(/[\n\t]/g, '')), MESSAGE);
