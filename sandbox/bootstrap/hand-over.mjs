import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Window after the first signal in which a second one counts as the same request, because npm forwards the SIGINT of a
 * Ctrl-C that the terminal has already sent to every process.
 */
const SAME_REQUEST_MS = 3_000;

/**
 * Runs a script under the project's own Node until it ends, and ends with its exit code. The first signal closes the
 * IPC channel to the script. If the script received the signal as well, it counts the two as one request
 * (asked-to-end.ts). The channel also closes when this process ends, whatever the reason.
 * @param {string} root the project's folder
 * @param {string} script its path
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env added to this process's environment, and overrides it
 */
export function handOver(root, script, args, env = {}) {
  const node = join(root, 'node_modules', 'node', 'bin', 'node');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let askedAtMs = 0;
  const askedToEnd = (signal) => {
    if (child.connected) {
      child.disconnect();
      askedAtMs = performance.now();
    } else if (performance.now() - askedAtMs > SAME_REQUEST_MS) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, askedToEnd);
  whenNpmIsGone(() => askedToEnd('SIGTERM'));
  child.on('error', (error) => {
    console.error(`Node 24 of this project cannot be started (${error.message}). Try: npm ci`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

/**
 * Calls `act` when npm has ended, because a killed npm leaves its script running. The scripts in package.json begin
 * with `exec`, so that the parent of this process is npm itself and not a shell, which would not pass npm's signals on.
 * The process that started npm may end without effect, as after `nohup npm start &`.
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
