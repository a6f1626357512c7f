// Entry of `npm test`, on plain Node 20 without dependencies. It installs missing parts, then starts run.ts on the
// project's own Node.
import '../sandbox/bootstrap/refuse-windows.mjs';
import { join } from 'node:path';
import { handOver } from '../sandbox/bootstrap/hand-over.mjs';
import { provideMonero } from '../sandbox/bootstrap/monero.mjs';
import { installPackages } from '../sandbox/bootstrap/packages.mjs';
import { installChromium } from './bootstrap/chromium.mjs';
import { help, readOptions } from './bootstrap/options.mjs';

const root = join(import.meta.dirname, '..');
const { only, patterns, monero, wrong, wantsHelp } = readOptions(process.argv.slice(2));

if (wrong) console.error(`${wrong} See npm test -- --help`);
if (wantsHelp) console.log(help);
if (wrong || wantsHelp) process.exit(wrong ? 2 : 0);

const wants = (...suites) => suites.some((suite) => only.includes(suite));
// In sequence, because Debian's package manager runs only once at a time.
const programs = async () => {
  if (wants('cost', 'sandbox', 'ports', 'journeys', 'browser'))
    await provideMonero(root, { release: monero });
  return wants('browser') ? installChromium() : undefined;
};
const [packages, found] = await Promise.allSettled([installPackages(root), programs()]);
const failures = [packages, found].filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

handOver(root, join(root, 'tests', 'run.ts'), [only.join(), monero, ...patterns], {
  CHROMIUM_BIN: found.value ?? process.env.CHROMIUM_BIN,
});
