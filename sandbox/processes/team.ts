import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Child, type ChildSpec } from './child.ts';
import { killGroup, type Program, spawnGroup } from './process-group.ts';
import { Watchdog } from './watchdog.ts';

type TeamCallbacks = { say: (line: string) => void; onLost: (error: Error) => void };

/** All programs of one sandbox. They are started one by one, and stopped together in reverse order. */
export class Team {
  readonly #watchdog = new Watchdog();
  readonly #children: Child[] = [];
  readonly #jobs = new Set<ChildProcess>();
  readonly #servers: Server[] = [];
  readonly #callbacks: TeamCallbacks;
  #closing = false;

  constructor(callbacks: TeamCallbacks) {
    this.#callbacks = callbacks;
  }

  /** Whether it is being stopped. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Starts a long-running program. Resolves when it serves. */
  async start(spec: ChildSpec): Promise<Child> {
    this.#refuseWhenClosing();
    const child = new Child(spec, { watchdog: this.#watchdog, ...this.#callbacks });
    this.#children.push(child);
    await child.start();
    return child;
  }

  /** Keeps a server of this process until the other parts are stopped. During a stop the server is closed at once. */
  serve(server: Server): void {
    if (this.#closing) closeServer(server);
    else this.#servers.push(server);
  }

  /** Runs a program to its end; resolves with its exit code. */
  async run(program: Program): Promise<number | null> {
    this.#refuseWhenClosing();
    const job = spawnGroup(program, 'w');
    const { pid } = job;
    this.#jobs.add(job);
    if (pid) this.#watchdog.add(pid);
    const code = await new Promise<number | null>((resolve) => {
      job.once('exit', resolve).once('error', () => resolve(null));
    });
    if (pid) this.#watchdog.gone(pid);
    this.#jobs.delete(job);
    return code;
  }

  /** @throws an Error if there is no such part, or if the operator runs it */
  part(name: string): Child {
    const found = this.#children.find((child) => child.name === name);
    if (!found) throw new Error(`No part of this sandbox is called ${name}.`);
    return found;
  }

  pids(): number[] {
    return [...this.#children.map((child) => child.pid), this.#watchdog.pid].filter(
      (pid) => pid !== undefined,
    );
  }

  /** Resolves when no process is left. */
  async stop(): Promise<void> {
    this.#closing = true;
    const jobsEnded = [...this.#jobs].map((job) => once(job, 'exit').catch(() => {}));
    for (const job of this.#jobs) killGroup(job);
    for (const child of [...this.#children].reverse()) await child.stop();
    await Promise.all(jobsEnded);
    for (const server of this.#servers) closeServer(server);
    await this.#watchdog.stop();
  }

  killNow(): void {
    this.#closing = true;
    for (const job of this.#jobs) killGroup(job);
    for (const child of this.#children) child.killNow();
  }

  #refuseWhenClosing() {
    if (this.#closing) throw new Error('Everything is being stopped.');
  }
}

function closeServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}
