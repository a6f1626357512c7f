import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../data/data-folder.ts';
import { whenAskedToEnd } from '../processes/asked-to-end.ts';

/** Interval at which new lines of the log are printed. */
const everyMs = 100;

/**
 * Starts production mode in the background and prints its log until it serves. After a failed or interrupted start
 * nothing is left running.
 *
 * @returns the exit code
 */
export async function startInBackground(dataDir: string): Promise<number> {
  const folder = openDataFolder(dataDir, 'production');
  const logFile = folder.file('logs', 'production.log');
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a', 0o600);
  // The folder is released here, because the daemon opens it.
  folder.release();
  const args = [join(import.meta.dirname, 'daemon.ts')];
  const daemon = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const end = () => daemon.kill('SIGTERM');
  whenAskedToEnd({ stop: end, insist: end });
  const show = follow(logFile);
  const watch = setInterval(show, everyMs);
  const code = await outcome(daemon);
  clearInterval(watch);
  show();
  if (code !== 0) console.error(`Nothing is running. The log: ${logFile}`);
  return code;
}

/** Resolves with 0 when the daemon serves, else with its exit code. */
function outcome(daemon: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    daemon.once('message', () => resolve(0));
    daemon.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    daemon.once('exit', (code) => resolve(code || 1));
  });
}

/** Prints the lines that were written since the last call. */
function follow(file: string): () => void {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  return () => {
    for (let count = 1; count > 0; ) {
      count = readSync(descriptor, buffer);
      process.stdout.write(buffer.subarray(0, count));
    }
  };
}
