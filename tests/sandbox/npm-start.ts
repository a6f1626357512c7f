import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Watchdog } from '#sandbox/processes/watchdog.ts';
import { freeTcpPort, tcpPortNames, tcpPortTable } from '#sandbox/settings/tcp-ports.ts';
import { until } from '#tests/helpers/until.ts';

const root = join(import.meta.dirname, '..', '..');

/** Ports of this test's own and its folder, as a person would set them. */
export async function surroundings(dataDir: string): Promise<Record<string, string>> {
  const ports = await Promise.all(
    tcpPortNames.map(async (name) => [tcpPortTable[name].variable, String(await freeTcpPort())]),
  );
  const quick = { PUPERO_MINE_EVERY_SECONDS: '1', POWERTOOLS_LOG_LEVEL: 'WARN' };
  return { ...Object.fromEntries(ports), ...quick, PUPERO_DATA_DIR: dataDir };
}

type Process = { pid: number; command: string };

/**
 * An npm script of the house, in a process group of its own as in a terminal of its own. It is asked to end when this
 * process is killed.
 */
export class NpmRun {
  readonly #process: ChildProcess;
  readonly ended: Promise<number | null>;
  printed = '';

  constructor(args: string[], env: Record<string, string>) {
    this.#process = spawn('npm', args, {
      cwd: root,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      this.printed += chunk;
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    const watchdog = new Watchdog();
    watchdog.add(this.#pid);
    this.ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.once('close', () => {
      watchdog.gone(this.#pid);
      void watchdog.stop();
    });
  }

  /** Resolves when the summary is printed, recognized by its last words. Throws with the printed output otherwise. */
  async ready(lastWords = 'Ctrl-C stops everything', withinMs = 240_000): Promise<void> {
    const isOver = () => this.printed.includes(lastWords) || this.#process.exitCode !== null;
    await until(async () => this.printed, isOver, { withinMs, everyMs: 50 });
    if (!this.printed.includes(lastWords)) throw new Error(`Not ready:\n${this.printed}`);
  }

  /** Ctrl-C: the signal goes to all that runs in the terminal. */
  ctrlC(): void {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    process.kill(-this.#pid, 'SIGINT');
  }

  /** A signal to npm alone, as from a supervisor. */
  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** It and all its descendants. */
  processes(): Process[] {
    return familyOf(this.#pid);
  }

  /** Kills the process whose command line has these words, like a crash. */
  crash(words: string): void {
    const found = this.processes().find(({ command }) => command.includes(words));
    if (!found) throw new Error(`Nothing runs that says ${words}`);
    process.kill(found.pid, 'SIGKILL');
  }

  get #pid(): number {
    if (!this.#process.pid) throw new Error('npm could not be started.');
    return this.#process.pid;
  }
}

/** A process and all its descendants. */
export function familyOf(elder: number): Process[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const all = table.map((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
  });
  const under = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...under(one.pid)]);
  return [...all.filter(({ pid }) => pid === elder), ...under(elder)];
}

/** Waits until all of the processes have gone; throws with those that stay. @returns an empty list */
export async function leftOf(processes: Process[], withinMs = 10_000) {
  const alive = async () => processes.filter(({ pid }) => isAlive(pid));
  return until(alive, (left) => left.length === 0, { withinMs, everyMs: 50 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
