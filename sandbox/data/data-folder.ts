import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Version of the folder's layout. It is raised when a new version cannot read older folders. */
const layout = 1;

/** The mode that made the folder. The other mode never opens or resets it. */
export type Kind = 'sandbox' | 'production';

/** The one folder in which a sandbox keeps everything: tables, queue, chain, wallet, secrets, logs. */
export type DataFolder = { path: string; file: (...names: string[]) => string; release: () => void };

/**
 * Opens `path` for this process alone, and creates it if it is missing. Afterwards only the owner can read its files.
 *
 * @throws an Error with instructions if another version made it or another process uses it
 */
export function openDataFolder(path: string, kind: Kind = 'sandbox'): DataFolder {
  try {
    makeFolder(path);
  } catch (error) {
    throw new Error(`PUPERO_DATA_DIR: ${path} cannot be a folder of ours: ${(error as Error).message}`);
  }
  const release = takeLock(path);
  try {
    checkLayout(path, kind);
    for (const name of ['logs', 'chain', 'wallets', 'queue']) {
      mkdirSync(join(path, name), { recursive: true, mode: 0o700 });
    }
    makePrivate(realpathSync(path));
  } catch (error) {
    release();
    throw error;
  }
  return { path, file: (...names) => join(path, ...names), release };
}

/** Makes one level after the other, because Node's `recursive` never ends where no folder can be made, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return void readdirSync(path);
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/**
 * Removes the permissions of group and others in the whole tree. Links are left alone, because they may lead outside.
 */
function makePrivate(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.mode & 0o077) chmodSync(path, found.mode & 0o700);
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) makePrivate(join(path, name));
}

/** Deletes everything in `path`, unless a running sandbox uses it. */
export function resetDataFolder(path: string): void {
  if (!existsSync(path)) return;
  if (!existsSync(versionFile(path)) && readdirSync(path).some((name) => name !== 'lock')) {
    throw new Error(
      `${path} was not made by the sandbox (no version file): delete it yourself if you want to.`,
    );
  }
  checkKind(path, 'sandbox');
  const release = takeLock(path);
  for (const name of readdirSync(path)) {
    if (name !== 'lock') rmSync(join(path, name), { recursive: true, force: true });
  }
  release();
}

const versionFile = (path: string) => join(path, 'version.json');

function checkLayout(path: string, kind: Kind) {
  if (!existsSync(versionFile(path))) {
    const others = readdirSync(path).filter((name) => name !== 'lock');
    if (others.length > 0) {
      throw new Error(
        `${path} holds other things (${others.slice(0, 3).join(', ')}): choose an empty PUPERO_DATA_DIR.`,
      );
    }
    writeFileSync(
      versionFile(path),
      `${JSON.stringify({ layout, kind, madeAt: new Date().toISOString() })}\n`,
      { mode: 0o600 },
    );
    return;
  }
  checkKind(path, kind);
  const found = versionIn(path).layout;
  if (found === layout) return;
  throw new Error(
    `The data in ${path} is of layout ${found ?? 'unknown'}, this version reads layout ${layout}. ` +
      (kind === 'production'
        ? 'Go back to the version that made it (docs/production.md), or set PUPERO_DATA_DIR to another folder.'
        : 'Start again with "npm start -- --reset" (deletes users, trades and chain), ' +
          'or keep it and set PUPERO_DATA_DIR to another folder.'),
  );
}

/** Throws if the folder belongs to the other kind. Older folders have no kind and belong to the sandbox. */
export function checkKind(path: string, kind: Kind): void {
  const { kind: found = 'sandbox' } = versionIn(path);
  if (found === kind) return;
  const [owner, other] =
    found === 'production' ? ['npm run prod', 'npm start'] : ['npm start', 'npm run prod'];
  throw new Error(`The data in ${path} is of ${owner}: set PUPERO_DATA_DIR to another folder for ${other}.`);
}

function versionIn(path: string): { layout?: number; kind?: Kind } {
  try {
    return JSON.parse(readFileSync(versionFile(path), 'utf8'));
  } catch {
    return {};
  }
}

/** The id of the process that uses the folder; `undefined` if none does. */
export function ownerOf(path: string): number | undefined {
  const file = join(path, 'lock');
  if (!existsSync(file)) return undefined;
  const [pid, birth] = readFileSync(file, 'utf8').split(' ');
  return isRunning(Number(pid), birth) ? Number(pid) : undefined;
}

function takeLock(path: string): () => void {
  const file = join(path, 'lock');
  const mine = `${process.pid} ${bornAt(process.pid) ?? ''}`;
  try {
    writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
  } catch {
    const owner = ownerOf(path);
    if (owner) {
      throw new Error(
        `${path} is in use by process ${owner}. Stop that one first, or set PUPERO_DATA_DIR to another folder.`,
      );
    }
    writeFileSync(file, mine, { mode: 0o600 });
  }
  return () => rmSync(file, { force: true });
}

function isRunning(pid: number, birth: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !birth || bornAt(pid) === birth;
}

/**
 * Start time of a process, from Linux's /proc. It distinguishes the lock's owner from a later process with the same
 * pid.
 */
function bornAt(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
  } catch {
    return undefined;
  }
}
