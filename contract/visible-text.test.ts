import { invisibleAt } from './invisible.ts';
import { line, lines } from './visible-text.ts';

const [name, terms] = [line(40), lines(2_000)];

/** The range's characters, both ends included. */
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n));

const invisible = [
  ...['\0', '\r', '\u007f', '\u0085', '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e'],
  ...[...range(0x200b, 0x200f), ...range(0x2028, 0x202e), ...range(0x2060, 0x206f), '\u2800', '\u3164'],
  ...['\ufe0f', '\ufeff', '\uffa0', '\ufff9', '\u{1d173}', '\u{e0001}', '\u{e0061}', '\u{e0100}'],
];

test.each(invisible.map((character) => [character.codePointAt(0)!.toString(16), character]))(
  'refuses U+%s in names and in terms',
  (_, character) => {
    const text = `se${character}pa`;
    for (const schema of [name, terms]) expect(schema.safeParse(text).success).toBe(false);
    expect(name.safeParse(text).error?.issues[0]?.message).toMatch(/invisible/);
  },
);

test('allows line breaks and tabs in terms only', () => {
  for (const text of ['one\ntwo', 'one\ttwo']) {
    expect(name.safeParse(text).success).toBe(false);
    expect(terms.safeParse(text).success).toBe(true);
  }
});

test.each([
  'Virement instantané',
  'Paiement\u00a0: 30\u202f€',
  'می\u200cخواهم',
  'क्\u200dष',
  'PayPal 👍🏽',
  '👨‍👩‍👧',
  '❤️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '送金',
  '한국',
])('allows %s', (text) => {
  for (const schema of [name, terms]) expect(schema.safeParse(text).success).toBe(true);
});

test.each(['se\u200dpa', '👍\u200d', '\u200d👍', '👍\ufe0f\ufe0f', '\u200cمی', 'a\ufe0f'])(
  'refuses a joiner or selector that joins nothing: %j',
  (text) => {
    expect(name.safeParse(text).success).toBe(false);
  },
);

test('refuses a name of spaces only', () => {
  for (const text of ['', ' ', '\u00a0', '\ufeff', '\u3000'])
    expect(name.safeParse(text).success).toBe(false);
});

test.each([
  ['se\u200bpa', 2],
  ['\u2066sepa', 0],
  ['👩‍👩‍👧 se\u00adpa', 11],
  ['two\nlines\u202e', 9],
])('finds the position of an invisible character in %j', (text, at) => {
  expect(invisibleAt(text, { hasLines: true })).toBe(at);
});
