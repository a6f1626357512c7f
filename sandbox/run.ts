import type { Sandbox, SandboxOptions } from './options.ts';
import { whenAskedToEnd } from './processes/asked-to-end.ts';
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
  let isStopping = false;
  const ended = new Promise<number>((resolve) => {
    const stop = () => {
      isStopping = true;
      say('Stopping; everything is kept for the next start.');
      if (sandbox) sandbox.stop().then(() => resolve(0));
      else abort.abort();
    };
    // While the parts are not known yet, the watchdog ends them, because this process ends.
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
      // A failure while all is being stopped comes of that, and `stop` resolves once it is done.
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
