import type { Log } from '../log.ts';
import type { Clock } from '../time.ts';
import type { RateSource, RateStore } from './ports.ts';
import { nextRates, type Quotes } from './quotes.ts';
import { historyInstants } from './rate-history.ts';

type UpdateRatesPorts = { sources: readonly RateSource[]; rates: RateStore; clock: Clock; log: Log };

/**
 * Asks all sources once and stores the rates that follow. A source that fails is left out. If all fail, the stored rates
 * stay and become stale.
 *
 * If the process dies after the history is written, the next run writes its points again under the same keys. Of two
 * runs at once, the later one's rates stay.
 *
 * @returns the number of sources that answered and of rates that changed
 */
export const updateRates =
  ({ sources, rates, clock, log }: UpdateRatesPorts) =>
  async () => {
    const [before, ...answers] = await Promise.all([
      rates.stored(),
      ...sources.map((one) => asked(one, log)),
    ]);
    const answered = answers.filter((answer) => answer !== undefined);
    const now = clock.now();
    const next = nextRates(before?.rates ?? [], answered, now);
    if (next.refused.length > 0) log.warn('prices refused', { currencies: next.refused.join(' ') });
    const changed = next.rates.filter(({ at }) => at === now);
    if (changed.length === 0) return { answered: answered.length, changed: 0 };
    for (const instant of historyInstants(before?.savedAt, now)) await rates.addHistory(instant, changed);
    await rates.save({ rates: next.rates, savedAt: now });
    return { answered: answered.length, changed: changed.length };
  };

async function asked(source: RateSource, log: Log): Promise<Quotes | undefined> {
  try {
    return { source: source.name, prices: await source.prices() };
  } catch (error) {
    log.warn('price source failed', { source: source.name, error });
    return undefined;
  }
}
