import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { readConfig, throttleIsOn } from './config.ts';

test('names every missing or wrong variable, and repeats no value', async () => {
  const environment = {
    STAGE: 'test',
    SITE_ORIGIN: 'not a url',
    TOTP_KEY: 'c2VjcmV0',
    MONERO_NETWORK: 'moon',
  };
  const read = () =>
    readConfig(['STAGE', 'SITE_ORIGIN', 'TOTP_KEY', 'MONERO_NETWORK', 'LEDGER_TABLE'], environment);
  await expect(read).rejects.toThrow(
    /SITE_ORIGIN .*; TOTP_KEY must be 32 bytes.*; MONERO_NETWORK .*; LEDGER_TABLE is missing/,
  );
  await expect(read).rejects.not.toThrow(/c2VjcmV0/);
});

test.each([
  [
    'a public key of the wrong length',
    'ACCESS_TOKEN_PUBLIC_KEY',
    { kty: 'OKP', crv: 'Ed25519', x: 'c2hvcnQ' },
  ],
  ['a public key as a private one', 'ACCESS_TOKEN_PRIVATE_KEY', { kty: 'OKP', crv: 'Ed25519', x: 'c2hvcnQ' }],
] as const)('refuses %s without repeating it', async (_, name, key) => {
  const read = () => readConfig([name], { [name]: JSON.stringify(key) });
  await expect(read).rejects.toThrow(`${name} must be an Ed25519`);
  await expect(read).rejects.not.toThrow(/c2hvcnQ/);
});

test('refuses an address with a login in it without repeating it', async () => {
  const read = () =>
    readConfig(['MONERO_NODE_URL'], { MONERO_NODE_URL: 'http://me:hunter2@127.0.0.1:18081' });
  await expect(read).rejects.toThrow('MONERO_NODE_URL must have no user and password in it');
  await expect(read).rejects.not.toThrow(/hunter2/);
});

test('reads valid variables', async () => {
  expect(await readConfig(['STAGE'], { STAGE: 'test' })).toEqual({ STAGE: 'test' });
});

test('the smallest withdrawal is 0.001 XMR by default', async () => {
  const smallest = async (set: Record<string, string>) =>
    (await readConfig(['PUPERO_MIN_WITHDRAWAL_XMR'], set)).PUPERO_MIN_WITHDRAWAL_XMR;
  expect(await smallest({})).toBe(1_000_000_000n);
  expect(await smallest({ PUPERO_MIN_WITHDRAWAL_XMR: '' })).toBe(1_000_000_000n);
  expect(await smallest({ PUPERO_MIN_WITHDRAWAL_XMR: '0.25' })).toBe(250_000_000_000n);
  await expect(smallest({ PUPERO_MIN_WITHDRAWAL_XMR: '0,25' })).rejects.toThrow(/PUPERO_MIN_WITHDRAWAL_XMR/);
});

describe('with secrets in Parameter Store', () => {
  const stored: Record<string, string> = { MONERO_WALLET_RPC_PASSWORD: 'stored', STAGE: 'never asked for' };
  const asked: [string, readonly string[]][] = [];
  const readSecrets = async (path: string, names: readonly string[]) => {
    asked.push([path, names]);
    return Object.fromEntries(names.map((name) => [name, stored[name]]));
  };
  beforeEach(() => void asked.splice(0));
  const elsewhere = { SECRETS_PATH: '/pupero/test' };

  test('reads only the secrets that the environment lacks', async () => {
    const names = ['STAGE', 'MONERO_WALLET_RPC_USER', 'MONERO_WALLET_RPC_PASSWORD'] as const;
    const environment = { ...elsewhere, STAGE: 'test', MONERO_WALLET_RPC_USER: 'here' };
    expect(await readConfig(names, environment, readSecrets)).toEqual({
      STAGE: 'test',
      MONERO_WALLET_RPC_USER: 'here',
      MONERO_WALLET_RPC_PASSWORD: 'stored',
    });
    expect(asked).toEqual([['/pupero/test', ['MONERO_WALLET_RPC_PASSWORD']]]);
  });

  test('names a secret that is missing there too, with its place', async () => {
    const read = readConfig(['TOTP_KEY', 'STAGE'], elsewhere, readSecrets);
    await expect(read).rejects.toThrow(
      'TOTP_KEY is missing (there is no /pupero/test/TOTP_KEY in Parameter Store); STAGE is missing',
    );
  });

  test('requires the key of the front, so that the front stays trusted', async () => {
    await expect(readConfig(['EDGE_KEY'], elsewhere, readSecrets)).rejects.toThrow(
      'EDGE_KEY is missing (there is no /pupero/test/EDGE_KEY in Parameter Store)',
    );
  });

  test('reads nothing for a function without secrets, or without a path', async () => {
    await readConfig(['STAGE'], { ...elsewhere, STAGE: 'test' }, readSecrets);
    await readConfig(['MONERO_WALLET_RPC_USER'], { MONERO_WALLET_RPC_USER: 'here' }, readSecrets);
    expect(asked).toEqual([]);
  });
});

describe('with secrets in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-config-'));
  const SECRETS_FILE = join(folder, 'secrets.json');
  afterAll(() => rmSync(folder, { recursive: true }));
  const { ACCESS_TOKEN_PUBLIC_KEY: one } = newDeploySecrets();
  const { ACCESS_TOKEN_PUBLIC_KEY: other } = newDeploySecrets();
  const keysOf = async (text: string) => {
    writeFileSync(SECRETS_FILE, JSON.stringify({ ACCESS_TOKEN_PUBLIC_KEY: text }));
    return (await readConfig(['ACCESS_TOKEN_PUBLIC_KEY'], { SECRETS_FILE })).ACCESS_TOKEN_PUBLIC_KEY;
  };

  test('reads the one key of an older installation, and the set of keys after a rotation', async () => {
    expect(await keysOf(one)).toEqual([JSON.parse(one)]);
    const keys = [{ ...JSON.parse(one), acceptedUntil: '2026-11-29T00:00:00.000Z' }, JSON.parse(other)];
    expect(await keysOf(JSON.stringify({ keys }))).toEqual(keys);
  });

  test('prefers the environment, and names a file that cannot be read', async () => {
    const environment = { SECRETS_FILE: join(folder, 'none.json'), ACCESS_TOKEN_PUBLIC_KEY: one };
    const read = (given: object) => readConfig(['ACCESS_TOKEN_PUBLIC_KEY'], { ...environment, ...given });
    expect((await read({})).ACCESS_TOKEN_PUBLIC_KEY).toEqual([JSON.parse(one)]);
    await expect(read({ ACCESS_TOKEN_PUBLIC_KEY: '' })).rejects.toThrow(environment.SECRETS_FILE);
  });
});

test('an optional variable may be missing, and is checked if it is set', async () => {
  expect(await readConfig(['EDGE_KEY'], {})).toEqual({ EDGE_KEY: undefined });
  expect(await readConfig(['EDGE_KEY'], { EDGE_KEY: '' })).toEqual({ EDGE_KEY: undefined });
  await expect(readConfig(['EDGE_KEY'], { EDGE_KEY: 'short' })).rejects.toThrow('EDGE_KEY');
});

test('every function refuses mainnet without the consent to real money', async () => {
  const environment = { STAGE: 'live', MONERO_NETWORK: 'mainnet' };
  for (const I_ACCEPT_REAL_MONEY of [undefined, '', 'no', 'YES', 'true'])
    await expect(readConfig(['STAGE'], { ...environment, I_ACCEPT_REAL_MONEY })).rejects.toThrow(
      /I_ACCEPT_REAL_MONEY must be yes, as MONERO_NETWORK is mainnet/,
    );
  expect(await readConfig(['STAGE'], { ...environment, I_ACCEPT_REAL_MONEY: 'yes' })).toEqual({
    STAGE: 'live',
  });
});

test('counts tries, unless a sandbox turns it off', () => {
  expect(throttleIsOn({ MONERO_NETWORK: 'stagenet' })).toBe(true);
  expect(throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'on' })).toBe(true);
  expect(throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'off' })).toBe(false);
  expect(() => throttleIsOn({ MONERO_NETWORK: 'stagenet', THROTTLE: 'off' })).toThrow('regtest only');
  expect(() => throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'no' })).toThrow('THROTTLE');
});
