import type { TradeEvent } from '../events/events.ts';
import type { AccountId, OfferId, TradeId, TransferId } from '../ids.ts';
import { type Transfer, userAccount } from '../ledger/ledger.ts';
import type { Currency, MinorUnits } from '../money/fiat.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { TradeState } from './states.ts';

export type Trade = {
  id: TradeId;
  offerId: OfferId;
  buyerId: AccountId;
  sellerId: AccountId;
  /** The party that took the offer. Absent on trades from before this was stored, which count towards no limit. */
  takerId?: AccountId;
  state: TradeState;
  amountPiconero: Piconero;
  amountFiat: MinorUnits;
  currency: Currency;
  /** The price it was agreed at. */
  fiatPerXmr: MinorUnits;
  method: string;
  /** The offer's terms when it was taken: a later change of the offer changes no trade. */
  terms?: string;
  /**
   * Set if the trade counts towards its maker's open trades, because the maker buys. A maker who sells has a hold
   * instead. Absent on trades from before makers were counted.
   */
  countsForMaker?: true;
  /** The taker's idempotency key, by which the stored answer is found. Absent on trades from before this was stored. */
  startKey?: string;
  /** The hold of the seller's XMR, which lasts until the trade ends. */
  holdId: TransferId;
  /** When an unpaid trade expires. */
  paymentExpiresAt: Instant;
  createdAt: Instant;
  changedAt: Instant;
  version: number;
};

/** The party whose offer was taken; `undefined` on trades from before takers were stored. */
export const makerOf = ({ buyerId, sellerId, takerId }: Trade): AccountId | undefined => {
  if (takerId === undefined) return undefined;
  return takerId === buyerId ? sellerId : buyerId;
};

/** The hold as it was opened: the seller's XMR, on its way to the buyer. */
export const holdOf = (trade: Trade): Omit<Transfer, 'settledAt' | 'status'> & { status: 'pending' } => ({
  id: trade.holdId,
  kind: 'trade',
  tradeId: trade.id,
  debit: userAccount(trade.sellerId),
  credit: userAccount(trade.buyerId),
  amountPiconero: trade.amountPiconero,
  createdAt: trade.createdAt,
  status: 'pending',
});

/** The event of a trade's newest version. It concerns both parties. @param by the party whose act it was */
export const tradeEvent = (type: TradeEvent['type'], trade: Trade, by?: AccountId): TradeEvent => ({
  type,
  tradeId: trade.id,
  accountIds: [trade.buyerId, trade.sellerId],
  ...(by !== undefined && { by }),
  version: trade.version,
  at: trade.changedAt,
});
