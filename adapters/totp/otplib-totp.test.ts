import { base32 } from '@scure/base';
import { asInstant, SECOND_MS } from '#core/time.ts';
import { otplibTotp } from './otplib-totp.ts';

/** RFC 6238, appendix B: SHA-1, of which an app shows the last six digits. */
const SECRET = base32.encode(Buffer.from('12345678901234567890'));
const at = (seconds: number) => asInstant(seconds * SECOND_MS);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %d s the code is %s, also one step early or late', (seconds, code) => {
  const step = Math.floor(seconds / 30);
  for (const shift of [-30, 0, 30]) expect(otplibTotp.stepOf(SECRET, code, at(seconds + shift))).toBe(step);
  for (const shift of [-60, 60].filter((one) => seconds + one >= 0))
    expect(otplibTotp.stepOf(SECRET, code, at(seconds + shift))).toBeUndefined();
});

test('a secret has 160 bits, and its address names the site and the account', () => {
  const secret = otplibTotp.newSecret();
  expect(base32.decode(secret)).toHaveLength(20);
  expect(otplibTotp.newSecret()).not.toBe(secret);
  const uri = new URL(otplibTotp.uri(secret, 'ann-1'));
  expect(uri.href).toBe(`otpauth://totp/Pupero:ann-1?secret=${secret}&issuer=Pupero`);
});

/** Key URI Format: the label is `issuer:account`, and an app splits it at the first colon after it is decoded. */
test.each(['a b', 'a&b=c', 'a?b#c', 'a%3Ab', 'é+ü/ß', '名前', '😀'])(
  'the name %s arrives in the app',
  (name) => {
    const uri = new URL(otplibTotp.uri('SECRET', name));
    const [issuer, ...account] = decodeURIComponent(uri.pathname.slice('/'.length)).split(':');
    expect([issuer, account.join(':')]).toEqual(['Pupero', name]);
    expect(uri.searchParams.get('issuer')).toBe('Pupero');
    expect(uri.searchParams.get('secret')).toBe('SECRET');
    expect(uri.hash).toBe('');
  },
);
