import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(import.meta.dirname, '..', '..', 'sandbox', 'admin', 'admin.ts');

/** Runs `npm run admin` on the tables of the environment. @throws if it fails, with what it said in `stderr` */
export async function admin(...args: string[]): Promise<string> {
  const node = ['--disable-warning=ExperimentalWarning', program, ...args];
  // Named, because Jest gives tests an environment of their own.
  return (await run(process.execPath, node, { env: process.env })).stdout;
}
