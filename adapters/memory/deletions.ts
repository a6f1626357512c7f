import { userAccount } from '#core/ledger/ledger.ts';
import type { Deletion } from '#core/privacy/deletions.ts';
import type { Deletions } from '#core/privacy/ports.ts';
import type { MemoryAccounts } from './accounts.ts';
import type { MemoryBooks } from './books.ts';
import type { MemoryDeposits } from './deposits.ts';
import type { MemorySecondFactors } from './second-factors.ts';
import type { MemoryTrades } from './trades.ts';

/** The other stores that a deletion reads and writes. */
type Others = {
  books: MemoryBooks;
  accounts: MemoryAccounts;
  factors: MemorySecondFactors;
  trades: MemoryTrades;
  deposits: MemoryDeposits;
};

export function memoryDeletions({ books, accounts, factors, trades, deposits }: Others): Deletions {
  const rows = new Map<Deletion['accountId'], Deletion>();
  return {
    async begin(account, deletion, proof) {
      const { id, version } = account;
      const { availablePiconero, heldPiconero } = books.balance(userAccount(id));
      const pending = await deposits.pending(id);
      if ((await accounts.get(id))?.version !== version) return 'changed_since';
      if (!factors.canSpend(proof)) return 'wrong_second_factor';
      if (trades.hasOpen(id)) return 'openTrades';
      if (availablePiconero !== 0n || heldPiconero !== 0n) return 'xmr';
      if (pending !== 0n) return 'pendingDepositsXmr';
      accounts.close(account);
      factors.spendNow(proof);
      rows.set(id, deletion);
      return undefined;
    },
    begunBefore: async (before, limit) =>
      [...rows.values()]
        .filter(({ at }) => at < before)
        .sort((a, b) => a.at - b.at)
        .slice(0, limit),
    async mailed({ accountId }) {
      const { letter: _, ...rest } = rows.get(accountId)!;
      rows.set(accountId, rest);
    },
    async finish({ accountId }) {
      rows.delete(accountId);
    },
  };
}
