import { runUntilStopped, say, secondsSoFar } from '../commands/run-until-stopped.ts';
import type { Sandbox } from '../options.ts';
import type { Production } from './settings.ts';
import { summary } from './summary.ts';
import { warnings } from './warnings.ts';

/** A deploy runs them once a minute. Here a person may be watching. */
const runSchedulesEverySeconds = 15;

/**
 * Runs production mode until it is stopped; returns the exit code.
 *
 * @param howToStop the last line of the summary
 * @param whenUp called after that
 */
export function serve(production: Production, howToStop: string, whenUp: () => void): Promise<number> {
  const { network, mineEverySeconds, front } = production;
  for (const line of warnings(front)) say(line);
  // For the site's server, which runs in this process.
  process.env.NODE_ENV = 'production';
  const options = {
    ...production,
    stage: 'prod',
    mode: 'production' as const,
    mineEverySeconds: network === 'regtest' ? mineEverySeconds : 0,
    runSchedulesEverySeconds,
  };
  return runUntilStopped(options, async (up: Sandbox, isStopping) => {
    if (isStopping()) return;
    console.log(summary(up, production, secondsSoFar(), howToStop));
    whenUp();
  });
}
