import { exactNumber, parseExactly, stringifyExactly } from './exact-json.ts';

const BEYOND_2_53 = '{"amount":9100000000000001}';

test('a bigint becomes a JSON number with all its digits', () => {
  expect(stringifyExactly({ amount: 9_100_000_000_000_001n })).toBe(BEYOND_2_53);
  expect(stringifyExactly([18_446_744_073_709_551_615n])).toBe('[18446744073709551615]');
  expect(JSON.stringify({ amount: exactNumber('9100000000000001') })).toBe(BEYOND_2_53);
});

test('a whole number beyond 2^53 is read as a bigint, every other value as JSON.parse reads it', () => {
  expect(
    parseExactly('{"amount":9100000000000001,"small":2000000000000,"ratio":0.5,"text":"9100000000000001"}'),
  ).toEqual({
    amount: 9_100_000_000_000_001n,
    small: 2_000_000_000_000,
    ratio: 0.5,
    text: '9100000000000001',
  });
  expect(parseExactly('9007199254740991')).toBe(9_007_199_254_740_991);
  expect(parseExactly('9007199254740992')).toBe(9_007_199_254_740_992n);
});
