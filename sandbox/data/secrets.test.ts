import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsIn } from './secrets.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pupero-test-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('secrets are made once, each its own, and readable by their owner alone', () => {
  const secrets = secretsIn(file);
  expect(secretsIn(file)).toEqual(secrets);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect(Buffer.from(secrets.TOTP_KEY, 'base64')).toHaveLength(32);
});

test('another folder has others', () => {
  const other = secretsIn(join(folder, 'other.json'));
  const shared = Object.entries(secretsIn(file)).filter(
    ([name, value]) => other[name as keyof typeof other] === value,
  );
  expect(shared).toEqual([['MONERO_WALLET_RPC_USER', 'pupero']]);
});

test('a file that others may read is closed to them', () => {
  secretsIn(file);
  chmodSync(file, 0o644);
  secretsIn(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  ['EDGE_KEY', 43],
  ['PAYMENT_DETAILS_KEY', 44],
] as const)('a file from before %s gets one, and keeps all the others', (name, length) => {
  const { [name]: _, ...before } = secretsIn(file);
  writeFileSync(file, JSON.stringify(before));
  const now = secretsIn(file);
  expect(now).toMatchObject(before);
  expect(now[name]).toHaveLength(length);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(now);
});

test('a file with the set of public keys that a rotation leaves stays as it is', () => {
  const { ACCESS_TOKEN_PUBLIC_KEY, ...others } = secretsIn(file);
  const keys = [JSON.parse(ACCESS_TOKEN_PUBLIC_KEY)];
  const rotated = { ...others, ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify({ keys }) };
  writeFileSync(file, JSON.stringify(rotated));
  expect(secretsIn(file)).toEqual(rotated);
});

test.each([
  ['not JSON', '{"TOTP'],
  ['without all of them', '{}'],
])('a damaged file is named: %s', (_, content) => {
  writeFileSync(file, content);
  expect(() => secretsIn(file)).toThrow(`${file} is damaged. Start again with "npm start -- --reset".`);
});
