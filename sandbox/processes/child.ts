import type { ChildProcess } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords } from './last-words.ts';
import { handOverSocket, listen } from './listening-socket.ts';
import { hasEnded, killGroup, killRestOfGroup, type Program, spawnGroup } from './process-group.ts';
import type { Watchdog } from './watchdog.ts';

export type ChildSpec = Program & {
  name: string;
  /** Checks once whether the program serves; throws or returns false while it does not. */
  isReady: () => Promise<boolean>;
  /** Runs after each start and restart. */
  afterStart?: () => Promise<void>;
  /** Runs before SIGTERM, for example to save. Its failure is ignored. */
  beforeStop?: () => Promise<void>;
  readyWithinMs?: number;
  endsWithinMs?: number;
};

type Surroundings = { watchdog: Watchdog; say: (line: string) => void; onLost: (error: Error) => void };

const RESTARTS_PER_MINUTE = 3;
/** The parts' umask, so that only the owner can read the data folder's files. */
const OWNER_ONLY = 0o077;

/** A program of the sandbox. It is started, watched, restarted when it dies, and finally stopped. */
export class Child {
  readonly name: string;
  readonly #spec: ChildSpec;
  readonly #surroundings: Surroundings;
  #process: ChildProcess | undefined;
  #stopping = false;
  #diedAt: number[] = [];

  constructor(spec: ChildSpec, surroundings: Surroundings) {
    this.name = spec.name;
    this.#spec = spec;
    this.#surroundings = surroundings;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when it serves. Throws with the last lines of its log if it ends or takes too long. */
  async start(): Promise<void> {
    if (existsSync(this.#spec.logFile)) renameSync(this.#spec.logFile, `${this.#spec.logFile}.old`);
    await this.#launch();
  }

  /** Kills the process like a crash, for tests of failures. It is restarted. */
  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Sends SIGTERM and waits for the end; sends SIGKILL after a time-out. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const running = this.#process;
    if (!running || hasEnded(running)) return;
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    await Promise.race([this.#spec.beforeStop?.().catch(() => {}), sleep(5_000, undefined, { ref: false })]);
    running.kill('SIGTERM');
    const insist = setTimeout(() => killGroup(running), this.#spec.endsWithinMs ?? 15_000);
    if (!hasEnded(running)) await ended;
    clearTimeout(insist);
  }

  /** Sends SIGKILL at once, at the second Ctrl-C. */
  killNow(): void {
    this.#stopping = true;
    if (this.#process) killGroup(this.#process);
  }

  async #launch(): Promise<void> {
    const { listensOn } = this.#spec;
    const socket = listensOn ? await listen(listensOn) : undefined;
    // `stop` was called while the socket was made, so it found no process to end.
    if (this.#stopping) {
      socket?.close();
      throw this.#stopped();
    }
    const child = spawnGroup(this.#spec, 'a', OWNER_ONLY);
    this.#process = child;
    if (socket) handOverSocket(child, socket);
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) => reject(new Error(`${this.name} cannot be started: ${error.message}`)));
      child.once('exit', (code, signal) => reject(new Error(this.#obituary(code, signal))));
    });
    failed.catch(() => {});
    if (child.pid) this.#watch(child, child.pid);
    await Promise.race([this.#untilReady(child), failed]);
    await Promise.race([this.#spec.afterStart?.(), failed]);
    child.once('exit', (code, signal) => this.#diedLater(code, signal));
    if (hasEnded(child)) await failed;
  }

  #watch(child: ChildProcess, pid: number) {
    this.#surroundings.watchdog.add(pid);
    child.once('exit', () => {
      killRestOfGroup(pid);
      this.#surroundings.watchdog.gone(pid);
    });
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const within = this.#spec.readyWithinMs ?? 60_000;
    const deadline = Date.now() + within;
    while (!hasEnded(child)) {
      if (this.#stopping) throw this.#stopped();
      const ready = await this.#spec.isReady().catch(() => false);
      if (ready !== false) return;
      if (Date.now() > deadline) {
        throw new Error(
          `${this.name} does not answer after ${within / 1000} s.${lastWords(this.#spec.logFile)}`,
        );
      }
      await sleep(60);
    }
  }

  #diedLater(code: number | null, signal: string | null) {
    if (this.#stopping) return;
    const now = Date.now();
    this.#diedAt = [...this.#diedAt.filter((at) => at > now - 60_000), now];
    const obituary = this.#obituary(code, signal);
    if (this.#diedAt.length > RESTARTS_PER_MINUTE) {
      this.#surroundings.onLost(new Error(`${obituary}\nIt died ${this.#diedAt.length} times in a minute.`));
      return;
    }
    this.#surroundings.say(`${obituary}\nStarting ${this.name} again.`);
    this.#launch().then(
      () => this.#surroundings.say(`${this.name} is back.`),
      (error: Error) => {
        if (!this.#stopping) this.#surroundings.onLost(error);
      },
    );
  }

  #stopped() {
    return new Error(`${this.name} was stopped before it served.`);
  }

  #obituary(code: number | null, signal: string | null): string {
    return `${this.name} died (${signal ?? `exit code ${code}`}).${lastWords(this.#spec.logFile)}`;
  }
}
