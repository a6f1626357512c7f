import type { AccountId } from '../ids.ts';
import { formatFiat } from '../money/fiat.ts';
import { type PeopleById, personIn } from '../people.ts';
import type { Instant } from '../time.ts';
import { type Role, roleOf, stateAt } from './rules.ts';
import type { Trade } from './trades.ts';

/** A trade as one of its parties sees it. */
export function tradeView(trade: Trade, viewer: AccountId, people: PeopleById, now: Instant) {
  const { buyerId, sellerId, takerId: _taker, holdId: _hold, amountPiconero, ...same } = trade;
  return {
    ...same,
    buyer: personIn(people, buyerId),
    seller: personIn(people, sellerId),
    role: roleOf(trade, viewer) as Role,
    state: stateAt(trade, now),
    amountXmr: amountPiconero,
    amountFiat: formatFiat(trade.amountFiat, trade.currency),
    fiatPerXmr: formatFiat(trade.fiatPerXmr, trade.currency),
  };
}

export type TradeView = ReturnType<typeof tradeView>;
