// What `npm run bench` runs first: plain Node 20, no dependency. It installs what is missing, then hands over to
// bench.ts under the project's own Node.
import { join } from 'node:path';
import { handOver } from '../sandbox/bootstrap/hand-over.mjs';
import { installMonero } from '../sandbox/bootstrap/monero.mjs';
import { installPackages } from '../sandbox/bootstrap/packages.mjs';

const root = join(import.meta.dirname, '..');
const results = await Promise.allSettled([installPackages(root), installMonero()]);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

handOver(root, join(root, 'bench', 'bench.ts'), process.argv.slice(2));
