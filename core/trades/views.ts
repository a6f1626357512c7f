import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import { formatFiat } from '../money/fiat.ts';
import { type People, type PeopleById, personIn } from '../people.ts';
import type { Instant } from '../time.ts';
import { roleOf, stateAt } from './rules.ts';
import { allowedSteps, type Role } from './states.ts';
import type { Trade } from './trades.ts';

/**
 * A trade as one of its parties sees it. The fields are named one by one, so that a stored field is never shown by
 * default.
 */
function tradeView(trade: Trade, viewer: AccountId, people: PeopleById, now: Instant) {
  const role = roleOf(trade, viewer) as Role;
  const state = stateAt(trade, now);
  return {
    id: trade.id,
    offerId: trade.offerId,
    buyer: personIn(people, trade.buyerId),
    seller: personIn(people, trade.sellerId),
    role,
    state,
    amountXmr: trade.amountPiconero,
    amountFiat: formatFiat(trade.amountFiat, trade.currency),
    currency: trade.currency,
    fiatPerXmr: formatFiat(trade.fiatPerXmr, trade.currency),
    method: trade.method,
    ...(trade.terms !== undefined && { terms: trade.terms }),
    paymentExpiresAt: trade.paymentExpiresAt,
    createdAt: trade.createdAt,
    changedAt: trade.changedAt,
    version: trade.version,
    allowedSteps: allowedSteps(state, role),
  };
}

export type TradeView = ReturnType<typeof tradeView>;

/** Trades as the caller, who is a party of each, sees them at `now`. */
export async function showTrades(
  people: People,
  trades: readonly Trade[],
  { accountId }: Caller,
  now: Instant,
): Promise<TradeView[]> {
  const persons = await people.getMany(trades.flatMap(({ buyerId, sellerId }) => [buyerId, sellerId]));
  return trades.map((trade) => tradeView(trade, accountId, persons, now));
}

/** One trade as the caller, who is a party of it, sees it at `now`. */
export async function showTrade(
  people: People,
  trade: Trade,
  caller: Caller,
  now: Instant,
): Promise<TradeView> {
  const [shown] = await showTrades(people, [trade], caller, now);
  return shown!;
}
