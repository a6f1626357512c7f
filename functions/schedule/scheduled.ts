import { monotonicMs } from '#adapters/system/clock.ts';
import { MINUTE_MS, SECOND_MS } from '#core/time.ts';
import { log } from '../log.ts';
import { withRequestId } from '../request-id.ts';

/** The interval of the schedules of a deploy whose functions look for outages. */
const EVERY_MS = MINUTE_MS;

/** The interval of the schedule that sent an event; empty if the function was called by hand. */
function intervalIn(event: unknown): { everyMs?: number } {
  const { source, everySeconds } = (event ?? {}) as { source?: unknown; everySeconds?: unknown };
  if (typeof everySeconds === 'number') return { everyMs: everySeconds * SECOND_MS };
  return source === 'aws.events' ? { everyMs: EVERY_MS } : {};
}

/** The handler of a schedule. It writes one log line for each run. The next run repeats a failed one. */
export const scheduled = (name: string, run: (call: { everyMs?: number }) => Promise<unknown>) =>
  withRequestId(async (event: unknown) => {
    const startedAtMs = monotonicMs();
    try {
      const result = await run(intervalIn(event));
      log.debug('scheduled', { name, result, ms: Math.round(monotonicMs() - startedAtMs) });
      return { result };
    } catch (error) {
      log.error('scheduled run failed', { name, error: error as Error });
      throw error;
    }
  });
