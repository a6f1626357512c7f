import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Watchdog } from '#sandbox/processes/watchdog.ts';
import type { Tally } from './tally.ts';

const root = join(import.meta.dirname, '..', '..');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', jest, '--ci'];
/** Stories run one file at a time, because they share one chain and one machine. */
const inOrder = ['sandbox', 'journeys', 'browser', 'deployed'];

/** Time-out of a story. One takes at most a minute, and several minutes on a busy machine. */
const STORY_TIMEOUT_MS = 300_000;

type Run = { project: string; patterns: string[]; env: Record<string, string>; signal: AbortSignal };
type Counts = Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number> & {
  numRuntimeErrorTestSuites: number;
};

/** Runs one of Jest's projects in a process of its own. A project that finds no test has failed. */
export async function runJest({ project, patterns, env, signal }: Run): Promise<Tally> {
  const begun = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'pupero-jest-'));
  const watchdog = new Watchdog({ removes: folder });
  const file = join(folder, 'results.json');
  const args = [...flags, '--selectProjects', project, '--json', `--outputFile=${file}`, ...patterns];
  // The time-out is on the command line, because Jest ignores the one in a project's configuration.
  if (inOrder.includes(project)) args.push('--runInBand', `--testTimeout=${STORY_TIMEOUT_MS}`);
  const code = await runToItsEnd(args, env, signal, watchdog);
  const counts: Counts | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  await watchdog.stop();
  const failed = (counts?.numFailedTests ?? 0) + (counts?.numRuntimeErrorTestSuites ?? 0);
  return {
    suite: project,
    passed: counts?.numPassedTests ?? 0,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0),
    seconds: (performance.now() - begun) / 1000,
  };
}

/** Jest gets a process group, so that its workers end with it and Ctrl-C reaches only this process. */
function runToItsEnd(args: string[], env: Record<string, string>, signal: AbortSignal, watchdog: Watchdog) {
  return new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      detached: true,
      // Its JSON goes to a file, its messages for people to stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (child.pid) watchdog.add(child.pid);
    const end = () => child.pid && process.kill(-child.pid, 'SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      if (child.pid) watchdog.gone(child.pid);
      resolve(code);
    });
  });
}
