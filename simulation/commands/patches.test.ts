import { patched } from './patches.ts';

test('a patch changes the text that it searches', () => {
  expect(patched('a < b', 'x.ts', [{ file: 'x.ts', search: '<', replace: '<=' }])).toBe('a <= b');
});

test.each(['a + b', 'a < b < c'])('refuses a patch that does not match once in: %s', (text) => {
  expect(() => patched(text, 'x.ts', [{ file: 'x.ts', search: '<', replace: '<=' }])).toThrow(
    /^x.ts contains/,
  );
});
