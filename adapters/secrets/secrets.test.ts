import { randomBytes } from 'node:crypto';
import { aesGcm } from './aes-gcm.ts';
import { randomSecrets } from './random-secrets.ts';

const key = randomBytes(32);

test('sealed text opens with the same key and context only', () => {
  const sealed = aesGcm(key).seal('JBSWY3DP é', 'account-1');
  expect(sealed).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);
  expect(aesGcm(key).open(sealed, 'account-1')).toBe('JBSWY3DP é');
  expect(() => aesGcm(key).open(sealed, 'account-2')).toThrow();
  expect(() => aesGcm(randomBytes(32)).open(sealed, 'account-1')).toThrow(/sealed with key [0-9a-f]{8}/);
});

test('the same text is sealed differently each time, and a changed bit is detected', () => {
  const { seal, open } = aesGcm(key);
  const sealed = seal('secret', 'a');
  expect(seal('secret', 'a')).not.toBe(sealed);
  const [id, data = ''] = sealed.split('.');
  const bytes = Buffer.from(data, 'base64url');
  for (const at of bytes.keys()) {
    const forged = Buffer.from(bytes);
    forged[at]! ^= 1;
    expect(() => open(`${id}.${forged.toString('base64url')}`, 'a')).toThrow();
  }
  expect(() => open(`${id}.${bytes.subarray(0, 20).toString('base64url')}`, 'a')).toThrow();
});

test('tokens have 256 random bits, and recovery codes 80 that people can write down', () => {
  const tokens = Array.from({ length: 100 }, () => randomSecrets.token());
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(randomSecrets.recoveryCode()).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  expect(randomSecrets.digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});
