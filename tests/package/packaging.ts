import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const root = join(import.meta.dirname, '..', '..');

/** Longer than packaging takes on a slow machine. */
export const PACKAGING_MS = 240_000;

/**
 * Packages every function, and the template, into a folder.
 *
 * @returns the functions' names, in order; the zip of each is there as `name.zip`
 */
export async function packageFunctions(folder: string): Promise<string[]> {
  const environment = { ...process.env, PUPERO_SERVERLESS_PLUGIN: 'serverless-esbuild' };
  const program = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const packaging = [program, 'package', '--stage', 'dev', '--package', folder];
  const where = { cwd: root, env: environment, timeout: PACKAGING_MS };
  await promisify(execFile)(process.execPath, packaging, where);
  const zips = readdirSync(folder).filter((file) => file.endsWith('.zip'));
  return zips.map((file) => file.slice(0, -'.zip'.length)).sort();
}

/**
 * Writes a zip's one file where a function would find it.
 *
 * @returns its path
 * @throws when there is more in it
 */
export function unpack(folder: string, name: string): string {
  const files = Object.entries(unzipSync(readFileSync(join(folder, `${name}.zip`))));
  const [[path, bytes], ...others] = files as [[string, Uint8Array]];
  if (others.length > 0) throw new Error(`${name}.zip holds ${files.map(([file]) => file).join(', ')}`);
  const file = join(folder, name, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const secret = { ...key, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
const table = 'pupero-test-none';
/** To load any function with: RFC 8037's example key, and names of things that are never asked for. */
export const environmentToLoad = {
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
