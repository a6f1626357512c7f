import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { tableNames } from '#stage/resources.ts';

const require = createRequire(import.meta.url);
const ARGON2 = dirname(require.resolve('argon2/package.json'));
/** The package by which argon2 finds its file for this machine. */
const nodeGypBuild: { path(packageFolder: string): string } = createRequire(join(ARGON2, 'package.json'))(
  'node-gyp-build',
);

/** The names of the functions whose zips, such as `trades.zip`, are in a folder, sorted. */
export function functionsIn(folder: string): string[] {
  const zips = readdirSync(folder).filter((file) => file.endsWith('.zip'));
  return zips.map((file) => file.slice(0, -'.zip'.length)).sort();
}

/** The files of a zip, by path. */
export const filesIn = (folder: string, name: string): Record<string, Uint8Array> =>
  unzipSync(readFileSync(join(folder, `${name}.zip`)));

/**
 * Writes a zip's files where a function would find them, below `into`. A native part for Lambda's processor is
 * replaced by the same package's for this machine, because the code is loaded here.
 *
 * @returns the path of the handler
 * @throws when there is anything else in the zip
 */
export function unpack(folder: string, name: string, into = folder): string {
  const files = Object.entries(filesIn(folder, name));
  const native = files.filter(([path]) => path.endsWith('.argon2.armv8.glibc.node'));
  const [[path, bytes], ...others] = files.filter((file) => !native.includes(file)) as [[string, Uint8Array]];
  if (others.length > 0) throw new Error(`${name}.zip holds ${files.map(([file]) => file).join(', ')}`);
  const handler = join(into, name, path);
  mkdirSync(dirname(handler), { recursive: true });
  writeFileSync(handler, bytes);
  for (const [file] of native) copyFileSync(nodeGypBuild.path(ARGON2), join(into, name, file));
  return handler;
}

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const secret = { ...key, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
/** Variables with which any function loads: the example key of RFC 8037, and addresses that are never called. */
export const environmentToLoad = {
  ...tableNames('test-none'),
  AWS_REGION: 'us-east-1',
  STAGE: 'test',
  MONERO_NETWORK: 'regtest',
  SITE_ORIGIN: 'http://localhost:1',
  PAYOUT_QUEUE_URL: 'http://localhost:1/queue',
  MAIL_QUEUE_URL: 'http://localhost:1/mails',
  COVER_QUEUE_URL: 'http://localhost:1/covers',
  LIVE_QUEUE_URL: 'http://localhost:1/live',
  LIVE_URL: 'ws://localhost:1/live',
  LIVE_CONNECTIONS_URL: 'http://localhost:1/live',
  PICTURES_BUCKET: 'pictures',
  MONERO_NODE_URL: 'http://localhost:1',
  MONERO_WALLET_RPC_URL: 'http://localhost:1',
  MONERO_WALLET_RPC_USER: 'u',
  MONERO_WALLET_RPC_PASSWORD: 'p',
  TOTP_KEY: Buffer.alloc(32).toString('base64'),
  PAYMENT_DETAILS_KEY: Buffer.alloc(32).toString('base64'),
  CURSOR_KEY: Buffer.alloc(32).toString('base64'),
  ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify(key),
  ACCESS_TOKEN_PRIVATE_KEY: JSON.stringify(secret),
};
