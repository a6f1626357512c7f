import type { AccountId, TradeId } from '#core/ids.ts';
import type { Offers } from '#core/offers/ports.ts';
import type { PaymentAccounts } from '#core/payment-accounts/ports.ts';
import type { Timer } from '#core/trades/outages.ts';
import { detailsKeptUntil } from '#core/trades/payment-details.ts';
import type { Trades } from '#core/trades/ports.ts';
import { hasEnded } from '#core/trades/states.ts';
import { accountOf, loserOf, makerOf, type Trade } from '#core/trades/trades.ts';
import type { MemoryBooks } from './books.ts';
import type { MemoryHalts } from './halts.ts';
import type { MemoryPeople } from './people.ts';
import type { MemorySecondFactors } from './second-factors.ts';

/** The other stores that a transaction of trades writes. */
type Others = {
  books: MemoryBooks;
  offers: Pick<Offers, 'get'>;
  paymentAccounts: Pick<PaymentAccounts, 'get'>;
  people: MemoryPeople;
  factors: MemorySecondFactors;
  halts: MemoryHalts;
};

/** `hasOpen` is for the fake of deletions. */
export type MemoryTrades = Trades & { all(): Trade[]; hasOpen(account: AccountId): boolean };

function memoryHolds(books: MemoryBooks): Pick<Trades, 'heldBefore' | 'settleHold'> {
  return {
    async heldBefore(before, { after, limit }) {
      const held = [...books.transfers.values()]
        .filter(
          ({ kind, status, createdAt }) => kind === 'trade' && status === 'pending' && createdAt < before,
        )
        .filter(({ id }) => !after || id > after.at!)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const items = held.slice(0, limit);
      return held.length > limit ? { items, next: { at: items.at(-1)!.id } } : { items };
    },
    async settleHold(move) {
      const refused = books.apply([move]);
      if (refused && refused !== 'already_settled')
        throw new Error(`the hold ${move.transfer.id} is not covered`);
      return refused;
    },
  };
}

function memoryTimer(): Pick<Trades, 'timer' | 'setTimer'> {
  let timer: Timer | undefined;
  return {
    timer: async () => timer,
    async setTimer(next, last) {
      if (timer?.at !== last?.at) return 'changed_since';
      timer = next;
      return undefined;
    },
  };
}

export function memoryTrades({
  books,
  offers,
  paymentAccounts,
  people,
  factors,
  halts,
}: Others): MemoryTrades {
  const stored = new Map<TradeId, Trade>();
  const completed = new Set<AccountId>();
  const openOf = (taker: AccountId) =>
    [...stored.values()].filter((trade) => trade.takerId === taker && !hasEnded(trade.state)).length;
  const isReserved = ({ sellerId, reference }: Trade) =>
    [...stored.values()].some(
      (trade) => trade.sellerId === sellerId && trade.reference === reference && !hasEnded(trade.state),
    );
  const details = detailsIn(stored);
  return {
    all: () => [...stored.values()],
    get: async (id) => stored.get(id),
    async start({ trade, taken, copied, moves, events, remembered, maxOpen }) {
      if (await books.rows.find(remembered)) return 'idempotency_key_reused';
      if (halts.now().takes) return 'halted';
      if ((await offers.get(taken.id))?.version !== taken.version) return 'changed_since';
      const account = copied && (await paymentAccounts.get(copied.accountId, copied.id));
      if (account?.version !== copied?.version) return 'changed_since';
      if (trade.reference !== undefined && isReserved(trade)) return 'changed_since';
      const { takerId } = trade;
      const most = takerId && completed.has(takerId) ? maxOpen.afterwards : maxOpen.untilFirstCompleted;
      if (takerId && (people.isDeleted(takerId) || openOf(takerId) >= most)) return 'too_many_open';
      const maker = makerOf(trade);
      if (trade.countsForMaker && maker && people.isDeleted(maker)) return 'maker_deleted';
      const refused = books.apply(moves, events, remembered);
      if (refused === 'already_settled') throw new Error(`a new trade's id or hold is taken: ${trade.id}`);
      if (!refused) stored.set(trade.id, trade);
      return refused;
    },
    async save({ next, moves, events }, proof) {
      if (stored.get(next.id)?.version !== next.version - 1) return 'changed_since';
      if (!factors.canSpend(proof)) return 'wrong_second_factor';
      const refused = books.apply(moves, events);
      if (refused) throw new Error(`the hold of trade ${next.id} does not fit its state: ${refused}`);
      factors.spendNow(proof);
      stored.set(next.id, next);
      for (const party of next.state === 'completed' ? [next.buyerId, next.sellerId] : []) {
        completed.add(party);
        people.countTrade(party);
      }
      const loser = loserOf(next);
      if (loser) people.countLostDispute(accountOf(next, loser));
      return undefined;
    },
    async ofParty(account, { after, limit }, states) {
      const mine = [...stored.values()]
        .filter((trade) => trade.buyerId === account || trade.sellerId === account)
        .filter((trade) => !states || states.includes(trade.state))
        .filter((trade) => after === undefined || trade.id < after.before!)
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const items = mine.slice(0, limit);
      return mine.length > limit ? { items, next: { before: items.at(-1)!.id } } : { items };
    },
    ...details,
    forgetParty: ({ id }, party) => forgetParty(books, stored, id, party),
    hasOpen: (account) =>
      [...stored.values()].some(
        (trade) => (trade.buyerId === account || trade.sellerId === account) && !hasEnded(trade.state),
      ),
    ...memoryTimer(),
    async unpaid({ after, limit }) {
      const all = [...stored.values()]
        .filter(({ state, id }) => state === 'awaiting_payment' && (!after || id > after.id!))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const items = all.slice(0, limit);
      return all.length > limit ? { items, next: { id: items.at(-1)!.id } } : { items };
    },
    ...memoryHolds(books),
    overdue: async (now, limit) => ({
      items: [...stored.values()]
        .filter((trade) => trade.state === 'awaiting_payment' && trade.paymentExpiresAt < now)
        .slice(0, limit),
      unreadable: [],
    }),
  };
}

/** Erases the texts and payment details of a party. See `Trades.forgetParty`. */
async function forgetParty(
  books: MemoryBooks,
  stored: Map<TradeId, Trade>,
  id: TradeId,
  party: AccountId,
): Promise<void> {
  const trade = stored.get(id);
  if (!trade) return;
  const { terms, dispute, sealedDetails, takerId, startKey, ...rest } = trade;
  const keepsTerms = terms !== undefined && (makerOf(trade) ?? party) !== party;
  const keepsDetails = sealedDetails !== undefined && trade.sellerId !== party;
  const isOwnDispute = dispute && accountOf(trade, dispute.openedBy) === party;
  stored.set(id, {
    ...rest,
    ...(takerId && { takerId }),
    ...(startKey !== undefined && { startKey }),
    ...(keepsTerms && { terms }),
    ...(keepsDetails && { sealedDetails }),
    ...(dispute && { dispute: { ...dispute, ...(isOwnDispute && { reason: '' }) } }),
  });
  if (takerId && startKey !== undefined)
    books.reduceAnswer({ accountId: takerId, operation: 'startTrade', key: startKey }, { id });
}

/** The payment details in these trades. */
const detailsIn = (stored: Map<TradeId, Trade>): Pick<Trades, 'withOldDetails' | 'eraseDetails'> => ({
  withOldDetails: async (now, limit) => ({
    items: [...stored.values()]
      .filter((trade) => trade.sealedDetails !== undefined && (detailsKeptUntil(trade) ?? now) < now)
      .slice(0, limit),
    unreadable: [],
  }),
  async eraseDetails({ id }) {
    const trade = stored.get(id);
    if (!trade) return;
    const { sealedDetails: _, ...rest } = trade;
    stored.set(id, rest);
  },
});
