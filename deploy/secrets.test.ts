import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeploySecrets } from '#stage/deploy-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-secrets-'));
const file = join(folder, 'prod-secrets.json');
afterAll(() => rmSync(folder, { recursive: true }));

const secrets = (...args: string[]) => {
  const script = join(import.meta.dirname, 'secrets.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, printed: `${stdout}${stderr}` };
};

test('a new file has all of them, readable by its owner alone', () => {
  expect(secrets('--file', file)).toMatchObject({ status: 0, printed: expect.stringContaining(file) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  DeploySecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
});

test('a file that exists is kept as it is', () => {
  writeFileSync(file, 'precious');
  expect(secrets('--file', file)).toMatchObject({
    status: 1,
    printed: expect.stringContaining('exists. Choose another file'),
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test.each([
  [[], 'Say where: --stage S or --file FILE.'],
  [['--fil', file], "Unknown option '--fil'"],
  [['--file'], 'argument missing'],
  [['--file', join(folder, 'none', 'x.json')], 'cannot be written'],
])('%j is told what is wrong with it', (args, said) => {
  expect(secrets(...args)).toMatchObject({ status: 1, printed: expect.stringContaining(said) });
});

test('--help makes nothing', () => {
  const other = join(folder, 'other.json');
  expect(secrets('--help', '--file', other)).toMatchObject({ status: 0 });
  expect(existsSync(other)).toBe(false);
});
