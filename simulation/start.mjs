// Entry of `npm run simulate`, on plain Node 20 without dependencies. It installs missing parts, then hands over to
// commands/main.ts under the project's own Node.
import '../sandbox/bootstrap/refuse-windows.mjs';
import { join } from 'node:path';
import { handOver } from '../sandbox/bootstrap/hand-over.mjs';
import { installPackages } from '../sandbox/bootstrap/packages.mjs';

const root = join(import.meta.dirname, '..');

try {
  await installPackages(root);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

handOver(root, join(root, 'simulation', 'commands', 'main.ts'), process.argv.slice(2));
