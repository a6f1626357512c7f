import type { Sandbox, SandboxOptions } from './options.ts';
import { startSandbox } from './sandbox.ts';

const begun = performance.now();

/** A line of progress, with the seconds since the start. */
export function say(line: string): void {
  console.log(`${secondsSoFar().toFixed(1).padStart(6)} s  ${line.replaceAll('\n', '\n          ')}`);
}

export const secondsSoFar = () => (performance.now() - begun) / 1000;

/**
 * Runs a sandbox until a signal, or until a part is lost for good; returns the exit code.
 *
 * @param whenUp what there is to do and to say once everything serves; not when it is being stopped by then
 */
export async function runUntilStopped(
  options: SandboxOptions,
  whenUp: (sandbox: Sandbox, isStopping: () => boolean) => Promise<void>,
): Promise<number> {
  const abort = new AbortController();
  let sandbox: Sandbox | undefined;
  let asked = 0;
  const ended = new Promise<number>((resolve) => {
    const onSignal = () => {
      asked += 1;
      // Where nothing can be asked yet, our own end is what the watchdog acts upon.
      if (asked > 1) return sandbox ? sandbox.killNow() : process.exit(1);
      say('Stopping; everything is kept for the next start.');
      if (sandbox) sandbox.stop().then(() => resolve(0));
      else abort.abort();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    process.on('disconnect', onSignal);
    const onLost = (error: Error) => {
      say(`${error.message}\nEverything was stopped.`);
      resolve(1);
    };
    startSandbox({ ...options, say, onLost, signal: abort.signal }).then(
      async (up) => {
        sandbox = up;
        await whenUp(up, () => asked > 0);
      },
      (error: Error) => {
        if (asked === 0) console.error(`\n${error.message}`);
        resolve(asked === 0 ? 1 : 0);
      },
    );
  });
  return ended;
}
