import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newSecrets } from './secrets-of-a-deploy.ts';

const HELP = `npm run secrets -- --file FILE     new random secrets in a new file, readable by you alone
npm run secrets -- --help          this

The file is what PUPERO_SECRETS_FILE of npm run prod names. It is never overwritten: with other secrets nobody stays
signed in, second factors cannot be read, and the house wallet does not open. Keep a copy in a safe place.`;

/** Throws a sentence when the file exists, or cannot be made. */
function writeNew(file: string): void {
  const content = `${JSON.stringify(newSecrets(), undefined, 2)}\n`;
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const exists = `${file} exists already, and secrets in use must not be lost: name another file.`;
    throw new Error(code === 'EEXIST' ? exists : `${file} cannot be made: ${message}`);
  }
}

function main(): string {
  const { file, help } = parseArgs({
    options: { file: { type: 'string' }, help: { type: 'boolean' } },
  }).values;
  if (help) return HELP;
  if (!file) throw new Error(`Say where: --file FILE.\n\n${HELP}`);
  writeNew(file);
  return `${file} has new secrets. To use them: PUPERO_SECRETS_FILE=${file} npm run prod`;
}

try {
  console.log(main());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
