import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(import.meta.dirname, '..', '..', 'sandbox', 'admin', 'admin.ts');

/**
 * Runs `npm run admin` on the tables of the environment.
 * @throws an Error whose `stderr` has its output, if it fails
 */
export async function admin(...args: string[]): Promise<string> {
  const node = ['--disable-warning=ExperimentalWarning', program, ...args];
  // `env` is passed explicitly, because Jest gives tests a separate `process.env`.
  return (await run(process.execPath, node, { env: process.env })).stdout;
}
