import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs a script under the project's own Node until it ends, and ends with its exit code. The script hears of
 * every signal, and by its channel (`disconnect`) when this process is gone, however it went.
 * @param {string} root the project's folder
 * @param {string} script its path
 * @param {string[]} args
 */
export function handOver(root, script, args) {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(root, 'node_modules', 'node', 'bin', program);
  const child = spawn(node, [script, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal's Ctrl-C reaches the script by itself; the other signals come to one process only.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenNpmIsGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`Node 24 of this project cannot be started (${error.message}). Try: npm ci`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

/** npm, when it is told to end, leaves its script behind without a word, and often a shell between them. */
function whenNpmIsGone(act) {
  if (!process.env.npm_lifecycle_event) return;
  const elders = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = elders();
  const watch = setInterval(() => {
    if (elders() === before) return;
    clearInterval(watch);
    act();
  }, 300);
}

/** On Linux; elsewhere the shell is replaced by the script, whose parent is npm itself. */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
  } catch {
    return undefined;
  }
}
