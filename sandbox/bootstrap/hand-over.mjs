import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs a script under the project's own Node until it ends, and ends with its exit code. The script hears of
 * every signal, and by its channel (`disconnect`) when this process is gone, however it went.
 * @param {string} root the project's folder
 * @param {string} script its path
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env over this process's own
 */
export function handOver(root, script, args, env = {}) {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(root, 'node_modules', 'node', 'bin', program);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
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

/**
 * npm, when it is killed, leaves its script behind without a word. The scripts in package.json are begun with `exec`,
 * so that the parent is npm itself, no shell; who started npm may go, as after `nohup npm start &`.
 */
function whenNpmIsGone(act) {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    act();
  }, 300);
}
