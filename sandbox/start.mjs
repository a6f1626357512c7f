// What `npm start` runs first: plain Node 20, no dependency. It installs what is missing, then hands over to
// main.ts under the project's own Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
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

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
// The channel tells main.ts when this process is gone, however it went.
const child = spawn(node, [join(root, 'sandbox', 'main.ts'), ...args], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
// A terminal's Ctrl-C reaches main.ts by itself; the other signals come to one process only.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm, when it is told to end, leaves its script behind without a word.
const parent = process.ppid;
const orphaned = () => process.env.npm_lifecycle_event && process.ppid !== parent;
const watch = setInterval(() => {
  if (!orphaned()) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 300);
child.on('error', (error) => {
  console.error(`Node 24 of this project cannot be started (${error.message}). Try: npm ci`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
