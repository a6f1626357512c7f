import type { AccountId, PaymentAccountId } from '#core/ids.ts';
import { MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import type { PaymentAccount } from '#core/payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '#core/payment-accounts/ports.ts';
import type { Proof } from '#core/step-up.ts';
import type { MemoryBooks } from './books.ts';
import type { MemorySecondFactors } from './second-factors.ts';

/** `allRows` is for tests of the stored rows. */
export type MemoryPaymentAccounts = PaymentAccounts & { allRows(): PaymentAccount[] };

type Others = { books: MemoryBooks; factors: MemorySecondFactors };

export function memoryPaymentAccounts({ books, factors }: Others): MemoryPaymentAccounts {
  const rows = new Map<PaymentAccountId, PaymentAccount>();
  const own = (accountId: AccountId) => [...rows.values()].filter((row) => row.accountId === accountId);
  const get = (accountId: AccountId, id: PaymentAccountId) => {
    const row = rows.get(id);
    return row?.accountId === accountId ? row : undefined;
  };
  /** Writes and spends the proof, or does neither. */
  const spending = (proof: Proof | undefined, write: () => void) => {
    if (!factors.canSpend(proof)) return 'wrong_second_factor';
    factors.spendNow(proof);
    write();
    return undefined;
  };
  const isNextOf = ({ accountId, id, version }: PaymentAccount) =>
    get(accountId, id)?.version === version - 1;
  return {
    get: async (accountId, id) => get(accountId, id),
    ofAccount: async (accountId) => own(accountId).sort((one, other) => (one.id < other.id ? -1 : 1)),
    async add({ next, event }, proof) {
      if (own(next.accountId).length >= MAX_PAYMENT_ACCOUNTS) return 'too_many_open';
      return spending(proof, () => {
        rows.set(next.id, next);
        books.apply([], [event]);
      });
    },
    async save({ next, event }, proof) {
      if (!isNextOf(next)) return 'changed_since';
      return spending(proof, () => {
        rows.set(next.id, next);
        books.apply([], [event]);
      });
    },
    async remove({ next, event }, proof) {
      if (!isNextOf(next)) return 'changed_since';
      return spending(proof, () => {
        rows.delete(next.id);
        books.apply([], [event]);
      });
    },
    async removeAll(accountId) {
      for (const { id } of own(accountId)) rows.delete(id);
    },
    allRows: () => [...rows.values()],
  };
}
