import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pupero-provide-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROVIDE = `import { provideMonero } from ${JSON.stringify(join(import.meta.dirname, 'monero.mjs'))};
  const [root, release] = process.argv.slice(1);
  provideMonero(root, { release }).then(
    () => console.log('MONERO_BIN is ' + (process.env.MONERO_BIN ?? 'unset')),
    ({ message }) => console.log('FAILED ' + message));`;

/** A folder with fake programs that only print their version. */
function programsOf(version: string, at = join(folder, `installed-${version}`)) {
  mkdirSync(at, { recursive: true });
  for (const name of ['monerod', 'monero-wallet-rpc']) {
    writeFileSync(join(at, name), `#!/bin/sh\necho "Monero 'Fluorine Fermi' (v${version}-unknown)"\n`);
    chmodSync(join(at, name), 0o755);
  }
  return at;
}

/** A project with these versions unpacked. Its mirror was asked today, and has nothing newer. */
let made = 0;
function projectWith(...versions: string[]) {
  const root = join(folder, `project-${++made}`);
  const tools = join(root, '.tools', 'monero');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'nothing-newer'), '');
  for (const version of versions) programsOf(version, join(tools, version, 'bin'));
  return root;
}

type Machine = { path?: string; bin?: string; root?: string; release?: string; nodeUrl?: string };

function provided({ path = folder, bin, root = projectWith(), release = '', nodeUrl }: Machine): string {
  const env = {
    PATH: [path, '/bin'].join(delimiter),
    ...(bin && { MONERO_BIN: bin }),
    ...(nodeUrl && { MONERO_NODE_URL: nodeUrl, MONERO_WALLET_RPC_URL: nodeUrl }),
  };
  const args = ['--input-type=module', '--eval', PROVIDE, root, release];
  return execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim();
}

test('MONERO_BIN always wins, an old release included', () => {
  const bin = programsOf('0.18.0.0');
  const path = programsOf('0.18.5.3');
  expect(provided({ bin, path, root: projectWith('0.18.5.3') })).toBe(`MONERO_BIN is ${bin}`);
});

test('a MONERO_BIN without the programs is refused, and says what to do', () => {
  expect(provided({ bin: folder })).toMatch(
    /^FAILED MONERO_BIN is .* has no monerod[\s\S]*brew install monero/,
  );
});

test('an installed one is used from 0.18.4 on', () => {
  const path = programsOf('0.18.4.0');
  expect(provided({ path, root: projectWith('0.18.5.3') })).toBe('MONERO_BIN is unset');
});

test('an older installed one gives way to the newest that was unpacked', () => {
  const root = projectWith('0.18.4.0', '0.18.10.1', '0.18.5.3', '0.18.0.0');
  const bin = join(root, '.tools', 'monero', '0.18.10.1', 'bin');
  expect(provided({ path: programsOf('0.18.0.0'), root })).toBe(`MONERO_BIN is ${bin}`);
});

test('an older installed one is used where no newer one can be had, with a line that says so', () => {
  const said = provided({ path: programsOf('0.18.0.0') });
  expect(said).toContain('Monero 0.18.0.0 is used, because no newer one can be had');
  expect(said).toMatch(/MONERO_BIN is unset$/);
});

test('a release that is asked for is that one and no other', () => {
  const root = projectWith('0.18.5.3', '0.18.0.0');
  const bin = join(root, '.tools', 'monero', '0.18.0.0', 'bin');
  expect(provided({ path: programsOf('0.18.4.0'), root, release: '0.18.0.0' })).toBe(`MONERO_BIN is ${bin}`);
  expect(provided({ bin: programsOf('0.18.5.3'), release: '0.18.0.0' })).toContain('FAILED MONERO_BIN is');
});

test('one’s own node and wallet need no programs', () => {
  expect(provided({ nodeUrl: 'http://127.0.0.1:1' })).toBe('MONERO_BIN is unset');
});

test('nothing is unpacked, and the project is left alone, where a program is there', () => {
  const root = join(folder, 'untouched');
  provided({ path: programsOf('0.18.5.3'), root });
  expect(existsSync(root)).toBe(false);
  expect(readFileSync(join(folder, 'installed-0.18.5.3', 'monerod'), 'utf8')).toContain('0.18.5.3');
});
