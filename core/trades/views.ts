import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import { formatFiat } from '../money/fiat.ts';
import { asPiconero } from '../money/xmr.ts';
import { type PeopleById, personIn } from '../people.ts';
import type { Moment } from './outages.ts';
import { detailsFor } from './payment-details.ts';
import type { TradePorts } from './ports.ts';
import { referenceOf } from './reference.ts';
import { partyOf, stateAt } from './rules.ts';
import { allowedSteps, hasEnded, type Role } from './states.ts';
import { type Dispute, historyOf, type Passage, type Trade } from './trades.ts';

type Ports = Pick<TradePorts, 'people' | 'detailsCipher'>;

/**
 * A trade as one of its parties or an arbitrator sees it. The fields are named one by one, so that a stored field is
 * never shown by default.
 */
function tradeView(
  { detailsCipher }: Pick<Ports, 'detailsCipher'>,
  trade: Trade,
  viewer: AccountId,
  people: PeopleById,
  moment: Moment,
) {
  // Only the parties and arbitrators get here.
  const role: Role = partyOf(trade, viewer) ?? 'arbitrator';
  const state = stateAt(trade, moment);
  const history = effectiveHistory(trade, moment);
  const last = history.at(-1);
  const { cancellationAskedBy, dispute } = trade;
  const paymentDetails = detailsFor(detailsCipher, trade, moment.now);
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
    reference: trade.reference ?? referenceOf(trade.id),
    ...(paymentDetails && { paymentDetails }),
    paymentExpiresAt: trade.paymentExpiresAt,
    createdAt: trade.createdAt,
    changedAt: trade.changedAt,
    version: trade.version,
    allowedSteps: allowedSteps(state, role, cancellationAskedBy),
    ...(cancellationAskedBy && { cancellationAskedBy }),
    ...(last && hasEnded(state) && { endedBy: last.by }),
    ...(dispute && { dispute: disputeView(trade, dispute) }),
    history: history.map(({ state: passed, at, by }) => ({ state: passed, at, by })),
  };
}

export type TradeView = ReturnType<typeof tradeView>;

/** With the expiry of a trade that the timer has not ended yet. */
function effectiveHistory(trade: Trade, moment: Moment): readonly Passage[] {
  const history = historyOf(trade);
  const state = stateAt(trade, moment);
  if (state === trade.state) return history;
  return [...history, { state, at: trade.paymentExpiresAt, by: 'time' }];
}

function disputeView({ amountPiconero }: Trade, { openedBy, reason, openedAt, resolution }: Dispute) {
  return {
    openedBy,
    reason,
    openedAt,
    ...(resolution && {
      resolution: {
        buyerXmr: resolution.buyerPiconero,
        sellerXmr: asPiconero(amountPiconero - resolution.buyerPiconero),
        note: resolution.note,
        at: resolution.at,
      },
    }),
  };
}

/** Trades as the caller, who is a party or the arbitrator of each, sees them at a moment. */
export async function showTrades(
  ports: Ports,
  trades: readonly Trade[],
  { accountId }: Pick<Caller, 'accountId'>,
  moment: Moment,
): Promise<TradeView[]> {
  const persons = await ports.people.getMany(trades.flatMap(({ buyerId, sellerId }) => [buyerId, sellerId]));
  return trades.map((trade) => tradeView(ports, trade, accountId, persons, moment));
}

/** One trade as the caller, who is a party or its arbitrator, sees it at a moment. */
export async function showTrade(
  ports: Ports,
  trade: Trade,
  caller: Pick<Caller, 'accountId'>,
  moment: Moment,
): Promise<TradeView> {
  const [shown] = await showTrades(ports, [trade], caller, moment);
  return shown!;
}
