import './refuse-windows.mjs';
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { provideMonero } from './monero.mjs';
import { installPackages } from './packages.mjs';

const root = join(import.meta.dirname, '..', '..');

/**
 * Runs on plain Node 20 without dependencies. Checks the command line, installs missing parts, then runs `main` on the
 * project's own Node.
 * @param {{ command: string, known: string[], help: string, main: string }} what
 */
export async function begin({ command, known, help, main }) {
  const args = process.argv.slice(2);
  const unknown = args.filter((arg) => ![...known, '--help', '-h'].includes(arg));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(' ')}. See ${command} -- --help`);
    process.exit(2);
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    process.exit(0);
  }
  const results = await Promise.allSettled([installPackages(root), provideMonero(root)]);
  const failures = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failures) console.error(reason.message);
  if (failures.length > 0) process.exit(1);
  handOver(root, main, args);
}
