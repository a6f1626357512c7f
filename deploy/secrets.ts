import { writeFileSync } from 'node:fs';
import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { deleteSecrets, makeSecrets } from './parameters.ts';
import { stageIn } from './stage-name.ts';

const HELP = `npm run secrets -- --stage S            random secrets for a deploy, in AWS Parameter Store under /pupero/S/
npm run secrets -- --stage S --delete   deletes them (asks; --yes: does not)
npm run secrets -- --file FILE          the same in a new file that only you can read, for npm run prod
npm run secrets -- --help               this

Existing secrets are never overwritten, because with other ones nobody stays signed in, second factors cannot be read,
and the house wallet does not open. Keep a copy in a safe place.
MONERO_WALLET_RPC_USER and MONERO_WALLET_RPC_PASSWORD set the login of a wallet-rpc that is already running.`;

/** @throws an Error if the file exists or cannot be written */
function writeNew(file: string): void {
  const content = `${JSON.stringify(newDeploySecrets(), undefined, 2)}\n`;
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const exists = `${file} exists. Choose another file, because secrets in use must not be lost.`;
    throw new Error(code === 'EEXIST' ? exists : `${file} cannot be written: ${message}`);
  }
}

/** The wallet's login, if the environment has both parts of it. @throws an Error if it has only one */
function givenLogin(): { MONERO_WALLET_RPC_USER?: string; MONERO_WALLET_RPC_PASSWORD?: string } {
  const { MONERO_WALLET_RPC_USER, MONERO_WALLET_RPC_PASSWORD } = process.env;
  if (!MONERO_WALLET_RPC_USER && !MONERO_WALLET_RPC_PASSWORD) return {};
  if (!MONERO_WALLET_RPC_USER || !MONERO_WALLET_RPC_PASSWORD)
    throw new Error(
      'MONERO_WALLET_RPC_USER and MONERO_WALLET_RPC_PASSWORD are set together: one is missing.',
    );
  return { MONERO_WALLET_RPC_USER, MONERO_WALLET_RPC_PASSWORD };
}

async function ofStage(stage: string): Promise<string> {
  const made = await makeSecrets(stage, givenLogin());
  const list = made.map((name) => `  /pupero/${stage}/${name}`).join('\n');
  return made.length > 0 ? `Made in Parameter Store:\n${list}` : `/pupero/${stage}/ already has all secrets.`;
}

async function withoutStage(stage: string, yes: boolean): Promise<string> {
  const question = `Delete the secrets of ${stage}? Its second factors can never be read again.`;
  if (!(await confirmed(question, stage, yes))) return 'Nothing was deleted.';
  return `Deleted from /pupero/${stage}/: ${(await deleteSecrets(stage)).join(', ') || 'nothing was stored'}`;
}

const options = {
  file: { type: 'string' },
  stage: { type: 'string' },
  delete: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

command(HELP, options, async ({ file, stage, ...how }) => {
  if (stage !== undefined)
    return how.delete ? withoutStage(stageIn(stage), how.yes) : ofStage(stageIn(stage));
  if (!file) throw new Error(`Say where: --stage S or --file FILE.\n\n${HELP}`);
  writeNew(file);
  return `${file} has new secrets. To use them: PUPERO_SECRETS_FILE=${file} npm run prod`;
});
