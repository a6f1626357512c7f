import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { TradeId } from '../ids.ts';
import { forEachInPages } from '../paging.ts';
import { later } from '../time.ts';
import { TALK_KEPT_MS } from './limits.ts';
import type { TalkPorts } from './ports.ts';
import { talkEndsAt } from './who-may.ts';

/** Upper bound of talks that one run checks. The next run continues. */
const TALKS_A_RUN = 50;

type Ports = Pick<TalkPorts, 'trades' | 'talks' | 'pictures' | 'clock'>;

/**
 * Runs on a schedule, and erases each talk whose trade ended 30 days ago. A trade that goes on is checked again after
 * 30 days, because its talk cannot end before.
 *
 * If the process dies while it erases a talk, the trade stays listed, and the next run erases the rest.
 *
 * @returns the number of erased talks
 * @throws the errors of single talks, after all others were tried
 */
export const eraseTalks = (ports: Ports) => async (): Promise<number> => {
  let erased = 0;
  const listed = await ports.talks.toCheck(ports.clock.now(), TALKS_A_RUN);
  const failures = await failuresOf(listed, async (tradeId) => {
    if (await erasedIfOver(ports, tradeId)) erased += 1;
  });
  throwFailures(failures);
  return erased;
};

async function erasedIfOver({ trades, talks, pictures, clock }: Ports, tradeId: TradeId): Promise<boolean> {
  const now = clock.now();
  const trade = await trades.get(tradeId);
  const endsAt = trade ? (talkEndsAt(trade) ?? later(now, TALK_KEPT_MS)) : now;
  if (endsAt > now) {
    await talks.checkAt(tradeId, endsAt);
    return false;
  }
  await forEachInPages(
    (page) => talks.page(tradeId, page),
    async ({ picture }) => {
      if (picture) await pictures.remove(picture.id);
    },
  );
  await talks.erase(tradeId);
  return true;
}
