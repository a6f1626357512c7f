import { itemBytes, writeUnitsOf } from './sizes.ts';

test.each([
  ['a text counts as UTF-8, its name too', { pk: { S: 'é' } }, 4],
  ['two digits a byte, and one more', { n: { N: '1234' } }, 4],
  ['trailing zeros do not count', { n: { N: '1200' } }, 3],
  ['a sign counts', { n: { N: '-12' } }, 4],
  [
    'a list has three bytes, and one for each element',
    { l: { L: [{ S: 'ab' }, { BOOL: true }] } },
    1 + 3 + 3 + 2,
  ],
  ['a map counts the names in it', { m: { M: { a: { S: 'b' } } } }, 1 + 3 + 3],
])('%s', (_, item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});

test.each([
  [0, 1],
  [1024, 1],
  [1025, 2],
])('%d bytes are written for %d units', (bytes, units) => {
  expect(writeUnitsOf(bytes)).toBe(units);
});
