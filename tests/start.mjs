// What `npm test` runs first: plain Node 20, no dependency. It installs what is missing, then hands over to
// run.ts under the project's own Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installMonero } from '../sandbox/bootstrap/monero.mjs';
import { installPackages } from '../sandbox/bootstrap/packages.mjs';
import { installChromium } from './bootstrap/chromium.mjs';
import { help, readOptions } from './bootstrap/options.mjs';

const root = join(import.meta.dirname, '..');
const { only, patterns, wrong, wantsHelp } = readOptions(process.argv.slice(2));

if (wrong) console.error(`${wrong} See npm test -- --help`);
if (wantsHelp) console.log(help);
if (wrong || wantsHelp) process.exit(wrong ? 2 : 0);

const wants = (...suites) => suites.some((suite) => only.includes(suite));
// One after the other: Debian's package manager serves one at a time.
const programs = async () => {
  if (wants('cost', 'sandbox', 'ports', 'journeys', 'browser')) await installMonero();
  return wants('browser') ? installChromium() : undefined;
};
const [packages, found] = await Promise.allSettled([installPackages(root), programs()]);
const failures = [packages, found].filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const run = join(root, 'tests', 'run.ts');
// The channel tells run.ts when this process is gone, however it went.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', run, only.join(), ...patterns], {
  cwd: root,
  env: { ...process.env, CHROMIUM_BIN: found.value ?? process.env.CHROMIUM_BIN },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
// A terminal's Ctrl-C reaches run.ts by itself; the other signals come to one process only.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Node 24 of this project cannot be started (${error.message}). Try: npm ci`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
