import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '#adapters/system/clock.ts';
import { REPLACED_KEY_ACCEPTED_MS } from '#adapters/tokens/access-tokens.ts';
import { MINUTE_MS } from '#core/time.ts';
import { command } from './command.ts';
import { keysInFile, keysInParameterStore } from './key-stores.ts';
import { type KeyStore, type ListedKey, listKeys, rotateKeys } from './rotate-keys.ts';
import { stageIn } from './stage-name.ts';

const HELP = `npm run keys -- list [WHERE]     the keys of access tokens: which one signs, and which others are accepted
npm run keys -- rotate [WHERE]   replaces the key that signs; nobody is signed out, and nothing is restarted
npm run keys -- --help           this

WHERE
  --stage S     a deployed stage: AWS Parameter Store under /pupero/S/
  --file FILE   the file of secrets of npm run prod
  neither       PUPERO_SECRETS_FILE, or else secrets.json in PUPERO_DATA_DIR (.data), which npm start uses

A rotation takes 10 seconds. The replaced key is accepted for ${REPLACED_KEY_ACCEPTED_MS / MINUTE_MS} more minutes, until its last tokens have expired.
If it is interrupted, run it again. Keep a copy of the new secrets.`;

const options = { file: { type: 'string' }, stage: { type: 'string' } } as const;

function storeOf({ file, stage }: { file?: string | undefined; stage?: string | undefined }): KeyStore {
  if (file !== undefined && stage !== undefined) throw new Error('Say --stage or --file, not both.');
  if (stage !== undefined) return keysInParameterStore(stageIn(stage));
  const { PUPERO_SECRETS_FILE, PUPERO_DATA_DIR } = process.env;
  return keysInFile(file ?? (PUPERO_SECRETS_FILE || join(PUPERO_DATA_DIR || '.data', 'secrets.json')));
}

function lineOf({ keyId, state, until }: ListedKey): string {
  const said = {
    signs: 'signs',
    accepted: `accepted until ${until}`,
    endless: 'accepted without an end, because a rotation did not finish: run it again',
  };
  return `${keyId}  ${said[state]}`;
}

async function rotated(store: KeyStore): Promise<string> {
  const keyId = await rotateKeys({ store, clock: systemClock, wait });
  return `${keyId} signs now.\n${await listed(store)}`;
}

const listed = async (store: KeyStore) => (await listKeys({ store })).map(lineOf).join('\n');

command(
  HELP,
  options,
  async (where, action) => (action === 'list' ? listed(storeOf(where)) : rotated(storeOf(where))),
  ['list', 'rotate'],
);
