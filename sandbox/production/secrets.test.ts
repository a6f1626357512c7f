import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { secretsGiven } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-secrets-'));
const PUPERO_SECRETS_FILE = join(folder, 'prod-secrets.json');
afterAll(() => rmSync(folder, { recursive: true }));

const write = (content: string, mode = 0o600) => {
  writeFileSync(PUPERO_SECRETS_FILE, content);
  chmodSync(PUPERO_SECRETS_FILE, mode);
};

test('they come from the file, from the environment, and from the environment first', () => {
  const [inFile, others] = [newDeploySecrets(), newDeploySecrets()];
  write(JSON.stringify(inFile));
  expect(secretsGiven({ PUPERO_SECRETS_FILE })).toEqual(inFile);
  expect(secretsGiven({ ...others })).toEqual(others);
  const { TOTP_KEY } = others;
  expect(secretsGiven({ PUPERO_SECRETS_FILE, TOTP_KEY, CURSOR_KEY: '' })).toEqual({ ...inFile, TOTP_KEY });
});

test('every one that is missing or wrong is named at once, and no value repeated', () => {
  const { TOTP_KEY: _, ...most } = newDeploySecrets();
  write(JSON.stringify({ ...most, EDGE_KEY: 'guessable' }));
  const read = () => secretsGiven({ PUPERO_SECRETS_FILE });
  expect(read).toThrow(/TOTP_KEY: missing\n {2}EDGE_KEY: must be 32 or more/);
  expect(read).not.toThrow(/guessable/);
});

test.each([0o640, 0o604, 0o660, 0o644, 0o610])('a file of mode %o is refused, with what to type', (mode) => {
  write(JSON.stringify(newDeploySecrets()), mode);
  expect(() => secretsGiven({ PUPERO_SECRETS_FILE })).toThrow(`chmod 600 ${PUPERO_SECRETS_FILE}`);
});

test.each(['', 'not JSON', 'null', '"text"', '[]'])('a file that holds %j has none', (content) => {
  write(content);
  expect(() => secretsGiven({ PUPERO_SECRETS_FILE })).toThrow(/is not a JSON object/);
});

test.each([
  ['a file that is not there', join(folder, 'none.json'), 'npm run secrets -- --file'],
  ['a folder', folder, 'cannot be read'],
])('%s is named', (_, file, said) => {
  expect(() => secretsGiven({ PUPERO_SECRETS_FILE: file })).toThrow(said);
});
