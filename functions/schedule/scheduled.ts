import { monotonicMs } from '#adapters/system/clock.ts';
import { log } from '../log.ts';
import { withRequestId } from '../request-id.ts';

/** The handler of a schedule. It writes one log line for each run. The next run repeats a failed one. */
export const scheduled = (name: string, run: () => Promise<unknown>) =>
  withRequestId(async () => {
    const startedAtMs = monotonicMs();
    try {
      const result = await run();
      log.debug('scheduled', { name, result, ms: Math.round(monotonicMs() - startedAtMs) });
      return { result };
    } catch (error) {
      log.error('scheduled run failed', { name, error: error as Error });
      throw error;
    }
  });
