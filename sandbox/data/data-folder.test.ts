import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, ownerOf, resetDataFolder } from './data-folder.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'pupero-test-folder-')), 'data');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

const put = (name: string, content = '') => {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), content);
};

test('a new folder is for its owner alone, and opens again', () => {
  openDataFolder(path).release();
  expect(statSync(path).mode & 0o777).toBe(0o700);
  const again = openDataFolder(path);
  expect(again.file('logs', 'a.log')).toBe(join(path, 'logs', 'a.log'));
  again.release();
  expect(existsSync(join(path, 'lock'))).toBe(false);
});

test('an existing folder and all in it become readable by their owner only', () => {
  openDataFolder(path).release();
  mkdirSync(join(path, 'chain', 'lmdb'));
  const outside = join(path, '..', 'outside.txt');
  writeFileSync(outside, '', { mode: 0o644 });
  symlinkSync(outside, join(path, 'logs', 'link'));
  for (const name of ['tables.sqlite', 'chain/lmdb/data.mdb']) put(name);
  for (const name of ['tables.sqlite', 'chain/lmdb/data.mdb']) chmodSync(join(path, name), 0o664);
  for (const name of ['', 'chain', 'chain/lmdb']) chmodSync(join(path, name), 0o755);
  const open = openDataFolder(path);
  const mode = (name: string) => statSync(join(path, name)).mode & 0o777;
  for (const name of ['', 'chain', 'chain/lmdb', 'logs', 'queue']) expect(mode(name)).toBe(0o700);
  for (const name of ['tables.sqlite', 'chain/lmdb/data.mdb', 'version.json', 'lock'])
    expect(mode(name)).toBe(0o600);
  expect(statSync(outside).mode & 0o777).toBe(0o644);
  open.release();
});

test('a folder in use is refused, and named with its process; so is its reset', () => {
  const open = openDataFolder(path);
  const inUse = `in use by process ${process.pid}`;
  expect(() => openDataFolder(path)).toThrow(inUse);
  expect(() => resetDataFolder(path)).toThrow(inUse);
  open.release();
});

test('a lock left by a process that is gone does not hold', async () => {
  const gone = spawn('true');
  await new Promise((resolve) => gone.once('exit', resolve));
  openDataFolder(path).release();
  put('lock', String(gone.pid));
  openDataFolder(path).release();
});

test("a lock whose number was given to somebody else's process does not hold", () => {
  openDataFolder(path).release();
  put('lock', `${process.pid} 1`);
  openDataFolder(path).release();
});

test.each([
  ['an older layout', '{"layout":0}', 'is of layout 0, this version reads layout 1'],
  ['a damaged note of its layout', 'not JSON', 'is of layout unknown'],
])('%s is refused and left as it was', (_, version, sentence) => {
  put('version.json', version);
  expect(() => openDataFolder(path)).toThrow(sentence);
  expect(() => openDataFolder(path)).toThrow('npm start -- --reset');
  expect(readdirSync(path)).toEqual(['version.json']);
});

test("a folder with somebody's things is neither used nor emptied", () => {
  put('thesis.txt', 'years of work');
  expect(() => openDataFolder(path)).toThrow('holds other things (thesis.txt)');
  expect(() => resetDataFolder(path)).toThrow('was not made by the sandbox');
  expect(readFileSync(join(path, 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('a reset deletes everything, of any layout', () => {
  put('version.json', '{"layout":0}');
  put('tables.sqlite', 'rows');
  resetDataFolder(path);
  expect(readdirSync(path)).toEqual([]);
});

test.each(['/dev/null', '/dev/null/data', '/proc/pupero/data'])(
  '%s can be no folder, and that is said',
  (no) => {
    expect(() => openDataFolder(no)).toThrow(`PUPERO_DATA_DIR: ${no} cannot be a folder`);
  },
);

test('production mode and the sandbox take nothing of each other for their own', () => {
  openDataFolder(path, 'production').release();
  expect(() => openDataFolder(path)).toThrow('is of npm run prod');
  expect(() => resetDataFolder(path)).toThrow('is of npm run prod');
  openDataFolder(path, 'production').release();
  writeFileSync(join(path, 'version.json'), '{"layout":0,"kind":"production"}');
  expect(() => openDataFolder(path, 'production')).toThrow('Go back to the version that made it');
});

test('a folder from before there was production mode is the sandbox’s', () => {
  openDataFolder(path).release();
  writeFileSync(join(path, 'version.json'), '{"layout":1}');
  openDataFolder(path).release();
  expect(() => openDataFolder(path, 'production')).toThrow('is of npm start');
});

test('who has it open is told', () => {
  expect(ownerOf(path)).toBe(undefined);
  const open = openDataFolder(path);
  expect(ownerOf(path)).toBe(process.pid);
  open.release();
  expect(ownerOf(path)).toBe(undefined);
});
