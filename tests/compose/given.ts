// What the compose files are read with: .env.example as it stands, and secrets as a person would choose them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, readExamples } from './env-example.ts';

export const root = join(import.meta.dirname, '..', '..');
/** A file of the house, by its path from the root. */
export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What has no default. */
export const required = {
  MONERO_WALLET_RPC_USER: 'me',
  MONERO_WALLET_RPC_PASSWORD: 'a$b#c',
  MONERO_WALLET_PASSWORD: 'one "two" $three',
};
export const environment = { ...environmentOf(readExamples(read('.env.example'))), ...required };
