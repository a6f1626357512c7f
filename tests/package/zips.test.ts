import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { templateIn } from '#deploy/serverless.ts';
import { SECRETS } from '#functions/config.ts';

/** The only ones that may reach monero-wallet-rpc. */
const WITH_THE_WALLET = ['payWithdrawals', 'watchDeposits'];

const packages = process.env.PUPERO_TEST_PACKAGE!;
const folder = mkdtempSync(join(tmpdir(), 'pupero-unzipped-'));
const names = readdirSync(packages)
  .filter((file) => file.endsWith('.zip'))
  .map((file) => file.slice(0, -'.zip'.length));
const code = new Map(names.map((name) => [name, unpack(name)]));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a zip's one file where a function would find it. @returns its path */
function unpack(name: string): string {
  const [[path, bytes], ...others] = Object.entries(
    unzipSync(readFileSync(join(packages, `${name}.zip`))),
  ) as [[string, Uint8Array]];
  expect(others).toEqual([]);
  const file = join(folder, name, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const secret = { ...key, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
const table = 'pupero-test-none';
/** RFC 8037's example key, and names of things that are never asked for. */
const environment = {
  ...{ AWS_REGION: 'us-east-1', STAGE: 'test', MONERO_NETWORK: 'regtest', SITE_ORIGIN: 'http://localhost:1' },
  ...{ ACCOUNTS_TABLE: table, SESSIONS_TABLE: table, SECOND_FACTORS_TABLE: table, PEOPLE_TABLE: table },
  ...{ OFFERS_TABLE: table, TRADES_TABLE: table, LEDGER_TABLE: table, PAYMENTS_TABLE: table },
  ...{ PAYOUT_QUEUE_URL: 'http://localhost:1/queue', MONERO_NODE_URL: 'http://localhost:1' },
  ...{
    MONERO_WALLET_RPC_URL: 'http://localhost:1',
    MONERO_WALLET_RPC_USER: 'u',
    MONERO_WALLET_RPC_PASSWORD: 'p',
  },
  ...{ TOTP_KEY: Buffer.alloc(32).toString('base64'), CURSOR_KEY: Buffer.alloc(32).toString('base64') },
  ...{ ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify(key), ACCESS_TOKEN_PRIVATE_KEY: JSON.stringify(secret) },
};

test('every function is packaged, and starts from its zip alone', () => {
  expect(names.sort()).toEqual([
    'auth',
    'expireTrades',
    'followWithdrawals',
    'offers',
    'payWithdrawals',
    'system',
    'trades',
    'wallet',
    'watchDeposits',
  ]);
  for (const name of names) {
    const load = `import(${JSON.stringify(code.get(name))}).then((m) => { console.log(typeof m.handler); process.exit(0); })`;
    const output = execFileSync(process.execPath, ['--eval', load], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    expect([name, output.trim()]).toEqual([name, 'function']);
  }
});

test('a function without its variables says every one it misses', () => {
  const load = `import(${JSON.stringify(code.get('trades'))}).catch((e) => console.log(e.message))`;
  const output = execFileSync(process.execPath, ['--eval', load], { cwd: folder, env: {}, encoding: 'utf8' });
  expect(output).toContain('OFFERS_TABLE is missing; PEOPLE_TABLE is missing; TRADES_TABLE is missing');
});

test('monero-ts is in the zips of those that need the wallet, and in no other', () => {
  const withMonero = names.filter((name) =>
    readFileSync(code.get(name)!, 'utf8').includes('MoneroWalletRpc'),
  );
  expect(withMonero.sort()).toEqual(WITH_THE_WALLET);
});

test('the password list is in the zip of auth alone, and nobody carries the WebAssembly wallet', () => {
  const having = (words: string) =>
    names.filter((name) => readFileSync(code.get(name)!, 'utf8').includes(words));
  expect(having('trustno1')).toEqual(['auth']);
  expect(having('_emscripten')).toEqual([]);
});

test('a secret is in the template by its place in Parameter Store only, and in no environment', () => {
  const template = readFileSync(templateIn(packages), 'utf8');
  const places = new RegExp(`/pupero/docs/(${SECRETS.join('|')})\\b`, 'g');
  const elsewhere = SECRETS.filter((name) => template.replace(places, '').includes(name));
  expect(elsewhere).toEqual([]);
});
