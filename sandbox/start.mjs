// What `npm start` runs first: plain Node 20, no dependency. It installs what is missing, then hands over to
// main.ts under the project's own Node.
import { join } from 'node:path';
import { handOver } from './bootstrap/hand-over.mjs';
import { help } from './bootstrap/help.mjs';
import { installMonero } from './bootstrap/monero.mjs';
import { installPackages } from './bootstrap/packages.mjs';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const known = ['--help', '-h', '--reset', '--yes', '--dev'];
const unknown = args.filter((arg) => !known.includes(arg));

if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. See npm start -- --help`);
  process.exit(2);
}
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
  process.exit(0);
}

const results = await Promise.allSettled([installPackages(root), installMonero()]);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

handOver(root, join(root, 'sandbox', 'main.ts'), args);
