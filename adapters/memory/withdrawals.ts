import type { AccountId, WithdrawalId } from '#core/ids.ts';
import type { Withdrawals } from '#core/withdrawals/ports.ts';
import type { OnChainWithdrawal, Withdrawal } from '#core/withdrawals/withdrawals.ts';
import type { MemoryBooks } from './books.ts';
import type { MemoryHalts } from './halts.ts';
import type { PayerItem } from './payer-lease.ts';
import type { MemorySecondFactors } from './second-factors.ts';

/** The other stores that a transaction of withdrawals writes. */
type Others = { books: MemoryBooks; payer: PayerItem; factors: MemorySecondFactors; halts: MemoryHalts };

export function memoryWithdrawals({
  books,
  payer,
  factors,
  halts,
}: Others): Withdrawals & { all(): Withdrawal[] } {
  const stored = new Map<WithdrawalId, Withdrawal>();
  const changedSince = (next: Withdrawal) => stored.get(next.id)?.version !== next.version - 1;
  const queuedOf = (accountId: AccountId) =>
    [...stored.values()].filter(
      (other) => other.accountId === accountId && other.state === 'queued' && other.countsAsQueued,
    ).length;
  const inState = <S extends OnChainWithdrawal['state']>(
    state: S,
    since: 'sentAt' | 'requestedAt',
    limit: number,
  ) => {
    const items = [...stored.values()]
      .filter((w): w is Extract<Withdrawal, { state: S }> => w.state === state)
      .sort((a, b) => a[since] - b[since])
      .slice(0, limit);
    return { items, unreadable: [] };
  };

  return {
    all: () => [...stored.values()],
    get: async (id) => stored.get(id),
    async ofAccount(accountId, { limit, after }) {
      const own = [...stored.values()]
        .filter((withdrawal) => withdrawal.accountId === accountId)
        .filter(({ id }) => after === undefined || id < after.before!)
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const items = own.slice(0, limit);
      return own.length > limit ? { items, next: { before: items.at(-1)!.id } } : { items };
    },
    queued: async (limit) => inState('queued', 'sentAt', limit),
    broadcast: async (limit) => inState('broadcast', 'requestedAt', limit),
    async add({ withdrawal, moves, events, remembered, maxQueued, proof }) {
      if (await books.rows.find(remembered)) return 'idempotency_key_reused';
      if (!factors.canSpend(proof)) return 'wrong_second_factor';
      if (!withdrawal.internal && withdrawal.countsAsQueued && queuedOf(withdrawal.accountId) >= maxQueued)
        return 'too_many_open';
      const refused = books.apply(moves, events, remembered);
      if (refused === 'already_settled')
        throw new Error(`a new withdrawal's ids are taken: ${withdrawal.id}`);
      if (refused) return refused;
      factors.spendNow(proof);
      stored.set(withdrawal.id, withdrawal);
      return refused;
    },
    async save({ from, to, moves, events }) {
      const ends = from.state === 'prepared' && to.state !== 'prepared';
      if (changedSince(to) || (ends && payer.prepared !== to.id)) return 'changed_since';
      const refused = books.apply(moves, events);
      if (refused) throw new Error(`the holds of withdrawal ${to.id} do not fit its state: ${refused}`);
      if (ends) payer.prepared = undefined;
      stored.set(to.id, to);
      return undefined;
    },
    async saveAsPrepared({ to, events }, holder) {
      if (changedSince(to)) return 'changed_since';
      if (halts.now().payouts) return 'halted';
      if (payer.holder !== holder || payer.prepared) return 'lease_lost';
      payer.prepared = to.id;
      books.apply([], events);
      stored.set(to.id, to);
      return undefined;
    },
  };
}
