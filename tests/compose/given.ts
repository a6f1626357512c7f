// The variables for the compose files: .env.example unchanged, and secrets that a person could choose.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, readExamples } from './env-example.ts';

export const root = join(import.meta.dirname, '..', '..');
/** A file of the repository, by its path from the root. */
export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Variables without a default. */
export const required = {
  MONERO_WALLET_RPC_USER: 'me',
  MONERO_WALLET_RPC_PASSWORD: 'a$b#c',
  MONERO_WALLET_PASSWORD: 'one "two" $three',
};
export const environment = { ...environmentOf(readExamples(read('.env.example'))), ...required };
