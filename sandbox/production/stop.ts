import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkKind, ownerOf } from '../data/data-folder.ts';
import { dataDirIn } from './settings.ts';

const HELP = `npm run prod:stop — stops production mode, waits until all its processes have ended, and keeps its data.

Variables
  PUPERO_DATA_DIR=.prod   the folder of the one to stop`;

/** Time for a stop by SIGTERM. A second SIGTERM after it makes the process kill its parts. */
const PATIENCE_MS = 60_000;

async function main(args: string[]): Promise<string> {
  if (args.includes('--help') || args.includes('-h')) return HELP;
  if (args.length > 0) throw new Error(`Unknown: ${args.join(' ')}. See npm run prod:stop -- --help`);
  const dataDir = dataDirIn(process.env);
  if (existsSync(dataDir)) checkKind(dataDir, 'production');
  const pid = ownerOf(dataDir);
  if (!pid) return `Nothing is running in ${dataDir}.`;
  console.log(`Stopping process ${pid} and its parts …`);
  tellToEnd(pid);
  const isGone = () => ownerOf(dataDir) !== pid;
  if (!(await within(PATIENCE_MS, isGone))) {
    console.log('It does not end; its parts are killed.');
    tellToEnd(pid);
    if (!(await within(10_000, isGone))) throw new Error(`It is still there. Kill it: kill -9 ${pid}`);
  }
  // The process releases the folder's lock after its parts have ended, and ends shortly after.
  await within(5_000, () => !isAlive(pid));
  return `Stopped. The data is kept in ${dataDir}.`;
}

function tellToEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    throw new Error(
      `Process ${pid} cannot be told to end (${(error as Error).message}): is it of another user?`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function within(ms: number, isDone: () => boolean): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!isDone()) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

main(process.argv.slice(2)).then(console.log, (error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
