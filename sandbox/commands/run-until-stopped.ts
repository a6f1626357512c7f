import type { Sandbox, SandboxOptions } from '../options.ts';
import { whenAskedToEnd } from '../processes/asked-to-end.ts';
import { startSandbox } from '../sandbox.ts';

const begun = performance.now();

/** A line of progress, with the seconds since the start. */
export function say(line: string): void {
  console.log(`${secondsSoFar().toFixed(1).padStart(6)} s  ${line.replaceAll('\n', '\n          ')}`);
}

export const secondsSoFar = () => (performance.now() - begun) / 1000;

/**
 * Runs a sandbox until a signal arrives, or until a part cannot be restarted.
 *
 * @param whenUp called once everything serves; `isStopping` tells whether a signal arrived meanwhile
 * @returns the exit code
 */
export async function runUntilStopped(
  options: SandboxOptions,
  whenUp: (sandbox: Sandbox, isStopping: () => boolean) => Promise<void>,
): Promise<number> {
  const abort = new AbortController();
  let sandbox: Sandbox | undefined;
  let isStopping = false;
  const ended = new Promise<number>((resolve) => {
    const stop = () => {
      isStopping = true;
      say('Stopping; the data is kept for the next start.');
      if (sandbox) sandbox.stop().then(() => resolve(0));
      else abort.abort();
    };
    // While `sandbox` is not set, this process exits, and the watchdog ends the parts.
    const insist = () => (sandbox ? sandbox.killNow() : process.exit(1));
    whenAskedToEnd({ stop, insist });
    const onLost = (error: Error) => {
      say(`${error.message}\nEverything was stopped.`);
      resolve(1);
    };
    const start = async () => {
      sandbox = await startSandbox({ ...options, say, onLost, signal: abort.signal });
      await whenUp(sandbox, () => isStopping);
    };
    start().catch(async (error: Error) => {
      // An error during a stop is a consequence of the stop, and is ignored. `stop` resolves when it is done.
      if (isStopping) {
        if (!sandbox) resolve(0);
        return;
      }
      console.error(`\n${error.message}`);
      await sandbox?.stop();
      resolve(1);
    });
  });
  return ended;
}
