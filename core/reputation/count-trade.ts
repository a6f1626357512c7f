import type { StoredEvent } from '../events/events.ts';
import type { Subscriber } from '../events/ports.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Trade } from '../trades/trades.ts';
import { COUNTED_REPETITIONS } from './limits.ts';
import type { Reputation, ReputationPorts } from './ports.ts';
import { newPair, newStanding, releaseMinutesOf, withTrade } from './standings.ts';

type Ports = Pick<ReputationPorts, 'people' | 'trades'> & {
  reputation: Pick<Reputation, 'standing' | 'pair' | 'count'>;
};

/**
 * Counts a completed trade in the standings of both parties. The pair keeps the ids of its counted trades, so a
 * repeated event counts once, and trades after the third one of a pair are not written.
 *
 * If the process dies before the write, the schedule delivers the event again. If it dies after the write, the repeated
 * event finds its trade in the pair.
 */
export const countTrade =
  (ports: Ports): Subscriber =>
  async (event: StoredEvent) => {
    if (event.type !== 'trade_completed') return;
    const { tradeId } = event;
    await retryOnConflict(`the standings of trade ${tradeId}`, async () => {
      const trade = await ports.trades.get(tradeId);
      return trade?.state === 'completed' ? count(ports, trade) : undefined;
    });
  };

async function count({ reputation, people }: Ports, trade: Trade) {
  const { id, buyerId, sellerId, amountPiconero, changedAt: now } = trade;
  const accountIds = [buyerId, sellerId] as const;
  const pair = (await reputation.pair(accountIds)) ?? newPair(accountIds);
  if (pair.tradeIds.includes(id) || pair.tradeIds.length >= COUNTED_REPETITIONS) return undefined;
  const [persons, ...stored] = await Promise.all([
    people.getMany(accountIds),
    reputation.standing(buyerId),
    reputation.standing(sellerId),
  ]);
  const [buyer = newStanding(buyerId), seller = newStanding(sellerId)] = stored;
  const nth = pair.tradeIds.length + 1;
  const common = { amountPiconero, nth };
  return reputation.count({
    pair: { ...pair, tradeIds: [...pair.tradeIds, id], version: pair.version + 1 },
    standings: [
      withTrade(buyer, { ...common, since: persons.get(sellerId)?.since }, now),
      withTrade(
        seller,
        { ...common, since: persons.get(buyerId)?.since, releaseMinutes: releaseMinutesOf(trade) },
        now,
      ),
    ],
  });
}
