import type { TradeEvent } from '../events/events.ts';
import type { AccountId, OfferId, TradeId, TransferId } from '../ids.ts';
import { type Transfer, userAccount } from '../ledger/ledger.ts';
import type { Currency, MinorUnits } from '../money/fiat.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Actor, Party, TradeState } from './states.ts';

/** One state of a trade, since when, and who brought it there. */
export type Passage = { state: TradeState; at: Instant; by: Actor };

/** The arbitrator's decision on the held XMR. The seller gets what the buyer does not. */
export type Resolution = {
  /** From 0 to the whole amount of the trade. */
  buyerPiconero: Piconero;
  note: string;
  at: Instant;
  /** The arbitrator. */
  by: AccountId;
};

export type Dispute = {
  openedBy: Party;
  /** Empty once its author's account is deleted. */
  reason: string;
  openedAt: Instant;
  /** Absent while it is open, and if a party gave in. */
  resolution?: Resolution;
};

export type Trade = {
  id: TradeId;
  offerId: OfferId;
  buyerId: AccountId;
  sellerId: AccountId;
  /** The party that took the offer. Absent on trades from before this was stored, which count towards no limit. */
  takerId?: AccountId;
  state: TradeState;
  /** Its states, oldest first. Absent on trades from before this was stored. */
  history?: readonly Passage[];
  /** The party that asks to end the trade, or whose request the other one accepted. */
  cancellationAskedBy?: Party;
  dispute?: Dispute;
  amountPiconero: Piconero;
  amountFiat: MinorUnits;
  currency: Currency;
  /** The price it was agreed at. */
  fiatPerXmr: MinorUnits;
  method: string;
  /** The offer's terms when it was taken: a later change of the offer changes no trade. */
  terms?: string;
  /**
   * The code that the buyer puts on the transfer, unique among the seller's open trades. Absent on trades from before
   * it was stored.
   */
  reference?: string;
  /** Where the buyer pays, as it was when the trade started, encrypted. Absent if it is unknown or erased. */
  sealedDetails?: string;
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
  /** The end of the last outage whose time the trade got back. */
  outagesUntil?: Instant;
  createdAt: Instant;
  changedAt: Instant;
  version: number;
};

/** The party whose offer was taken; `undefined` on trades from before takers were stored. */
export const makerOf = ({ buyerId, sellerId, takerId }: Trade): AccountId | undefined => {
  if (takerId === undefined) return undefined;
  return takerId === buyerId ? sellerId : buyerId;
};

/** The account of a party. */
export const accountOf = ({ buyerId, sellerId }: Trade, party: Party): AccountId =>
  party === 'buyer' ? buyerId : sellerId;

/** The party to which an arbitrator gave nothing; `undefined` for a split, and for a trade without a decision. */
export function loserOf({
  state,
  amountPiconero,
  dispute,
}: Pick<Trade, 'state' | 'amountPiconero' | 'dispute'>): Party | undefined {
  if (state !== 'resolved') return undefined;
  const part = dispute?.resolution?.buyerPiconero;
  if (part === 0n) return 'buyer';
  return part === amountPiconero ? 'seller' : undefined;
}

/** The history of a trade. For one from before histories were stored: its first and its present state. */
export function historyOf(trade: Trade): readonly Passage[] {
  if (trade.history) return trade.history;
  const by = trade.takerId === trade.sellerId ? 'seller' : 'buyer';
  const began: Passage = { state: 'awaiting_payment', at: trade.createdAt, by };
  const actors: { [state in TradeState]?: Actor } = { completed: 'seller', expired: 'time' };
  const now: Passage = { state: trade.state, at: trade.changedAt, by: actors[trade.state] ?? 'buyer' };
  return trade.state === 'awaiting_payment' ? [began] : [began, now];
}

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
