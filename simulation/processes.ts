import { NodeUnavailable, Unavailable, WalletUnavailable } from '#core/unavailable.ts';
import type { Act } from './acts.ts';
import type { Random } from './random.ts';

/**
 * The outcome of one call of a port. `lost`: it has its effect, and the caller gets an error. `unreachable`: it has no
 * effect, and the caller gets an error. `died before`, `died after`: the process dies before or after the effect.
 */
export type Fate = 'answered' | 'lost' | 'unreachable' | 'died before' | 'died after';

/** A request, a message or a run of a schedule. It has its own clock, and its death ends no other process. */
export type Process = {
  number: number;
  act: Act;
  /** World time in milliseconds. */
  startedAt: number;
  startedAtStep: number;
  /** Difference of its clock from the world's. */
  skewMs: number;
  /** It does not continue before this step. */
  sleepsUntilStep: number;
};

/** A pending call of a process. It has had no effect yet. */
export type Call = {
  process: Process;
  /** `port.method` */
  name: string;
  args: readonly unknown[];
  run: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
};

type Method = (...args: unknown[]) => Promise<unknown>;

/** Waits until all promises of this turn are settled. Browsers have no setImmediate. */
const endOfTurn: () => Promise<void> =
  'setImmediate' in globalThis
    ? () => new Promise((resolve) => void setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(undefined);
        });

/** The part of the outside world behind a port. */
export const dependencyOf = (name: string) => {
  const port = name.slice(0, name.indexOf('.'));
  if (port === 'wallet' || port === 'node') return port;
  return port === 'queue' || port === 'hints' ? 'queue' : 'database';
};

function unavailable(name: string): Error {
  const dependency = dependencyOf(name);
  if (dependency === 'wallet') return new WalletUnavailable();
  return dependency === 'node' ? new NodeUnavailable() : new Unavailable(dependency);
}

/**
 * The processes of a world. Each call of a port suspends its process until the scheduler carries the call out, so one
 * process runs at a time, and others may run between two of its calls.
 */
export class Processes {
  /** The calls of living processes. */
  readonly calls: Call[] = [];
  /** The process that runs now. Calls without one are carried out at once. */
  running: Process | undefined;
  #started = 0;

  /** The ports, in which each method of those in `names` waits for the scheduler. */
  scheduled<Ports extends object>(ports: Ports, names: readonly (keyof Ports & string)[]): Ports {
    const changed = names.map((port) => {
      const methods = Object.entries(ports[port] as Record<string, Method>).map(([method, call]) => {
        const name = `${port}.${method}`;
        return [method, (...args: unknown[]) => this.#made(name, args, () => call(...args))] as const;
      });
      return [port, Object.fromEntries(methods)] as const;
    });
    return { ...ports, ...Object.fromEntries(changed) } as Ports;
  }

  #made(name: string, args: unknown[], run: () => Promise<unknown>): Promise<unknown> {
    const process = this.running;
    if (!process) return run();
    return new Promise((resolve, reject) => {
      this.calls.push({ process, name, args, run, resolve, reject });
    });
  }

  /**
   * Starts a process, which runs up to its first call.
   *
   * @param ended gets its result or error, unless it dies before
   */
  async start(
    begun: Omit<Process, 'number' | 'sleepsUntilStep'>,
    body: () => Promise<unknown>,
    ended: (process: Process, outcome: { result: unknown } | { error: unknown }) => void,
  ): Promise<void> {
    this.#started += 1;
    const process: Process = { ...begun, number: this.#started, sleepsUntilStep: 0 };
    this.running = process;
    body().then(
      (result) => ended(process, { result }),
      (error: unknown) => ended(process, { error }),
    );
    await endOfTurn();
    this.running = undefined;
  }

  /** A call that may be carried out now; `undefined` if all processes sleep. */
  next(random: Random, step: number): Call | undefined {
    for (let tries = 0; tries < 4 && this.calls.length > 0; tries += 1) {
      const call = random.pick(this.calls);
      if (call.process.sleepsUntilStep <= step) return call;
    }
    return undefined;
  }

  /**
   * Carries a call out, and runs its process up to the next call.
   *
   * @param written gets each call that had its effect, before the process continues
   */
  async carryOut(call: Call, fate: Fate, written: (call: Call, result: unknown) => void): Promise<void> {
    const { process, name } = call;
    if (fate === 'died before') return this.kill(process);
    this.calls.splice(this.calls.indexOf(call), 1);
    // The adapters read the clock of the process too.
    this.running = process;
    let answer: () => void = () => call.reject(unavailable(name));
    if (fate !== 'unreachable') {
      try {
        const result = await call.run();
        written(call, result);
        if (fate === 'answered') answer = () => call.resolve(result);
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Violation') throw error;
        if (fate === 'answered') answer = () => call.reject(error);
      }
    }
    if (fate === 'died after') this.kill(process);
    else {
      answer();
      await endOfTurn();
    }
    this.running = undefined;
  }

  /** A dead process never continues, not even its `finally` blocks. */
  kill(process: Process): void {
    for (let at = this.calls.length - 1; at >= 0; at -= 1)
      if (this.calls[at]!.process === process) this.calls.splice(at, 1);
  }
}
