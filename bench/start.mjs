// Entry of `npm run bench`, on plain Node 20 without dependencies. It installs missing parts, then hands over to
// bench.ts under the project's own Node.
import '../sandbox/bootstrap/refuse-windows.mjs';
import { join } from 'node:path';
import { handOver } from '../sandbox/bootstrap/hand-over.mjs';
import { provideMonero } from '../sandbox/bootstrap/monero.mjs';
import { installPackages } from '../sandbox/bootstrap/packages.mjs';
import { installChromium } from '../tests/bootstrap/chromium.mjs';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const asked = args.filter((arg) => !arg.startsWith('-'));
// In sequence, because both may call Debian's package manager, which serves one caller at a time.
const programs = async () => {
  if (args.includes('--help') || args.includes('-h')) return;
  await provideMonero(root);
  if (asked.length === 0 || asked.includes('site')) process.env.CHROMIUM_BIN = await installChromium();
};
const results = await Promise.allSettled([installPackages(root), programs()]);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

handOver(root, join(root, 'bench', 'bench.ts'), args);
