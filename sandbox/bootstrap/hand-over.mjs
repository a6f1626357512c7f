import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * A second signal within this time after the first is the same request, because npm forwards the SIGINT of a Ctrl-C
 * that the terminal has already sent to every process.
 */
const SAME_REQUEST_MS = 3_000;

/**
 * Runs a script under the project's own Node until it ends, and ends with its exit code. The first signal closes the
 * channel to the script, so that a signal which the script received as well does not count twice (asked-to-end.ts).
 * The channel also closes when this process is gone, whatever ended it.
 * @param {string} root the project's folder
 * @param {string} script its path
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env over this process's own
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
 * A killed npm leaves its script running. The scripts in package.json begin with `exec`, so that the parent of this
 * process is npm itself and not a shell, which would keep npm's signals. The process that started npm may end, as after
 * `nohup npm start &`.
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
