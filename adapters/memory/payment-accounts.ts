import type { AccountId, PaymentAccountId } from '#core/ids.ts';
import { MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import type { PaymentAccount } from '#core/payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '#core/payment-accounts/ports.ts';
import type { Proof } from '#core/step-up.ts';
import type { MemorySecondFactors } from './second-factors.ts';

/** `allRows` is for tests that look at what is stored. */
type MemoryPaymentAccounts = PaymentAccounts & { allRows(): PaymentAccount[] };

export function memoryPaymentAccounts(factors: MemorySecondFactors): MemoryPaymentAccounts {
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
  return {
    get: async (accountId, id) => get(accountId, id),
    ofAccount: async (accountId) => own(accountId).sort((one, other) => (one.id < other.id ? -1 : 1)),
    async add(added, proof) {
      if (own(added.accountId).length >= MAX_PAYMENT_ACCOUNTS) return 'too_many_open';
      return spending(proof, () => rows.set(added.id, added));
    },
    async save(next, proof) {
      if (get(next.accountId, next.id)?.version !== next.version - 1) return 'changed_since';
      return spending(proof, () => rows.set(next.id, next));
    },
    async remove({ accountId, id }, proof) {
      if (!get(accountId, id)) return 'not_found';
      return spending(proof, () => rows.delete(id));
    },
    async removeAll(accountId) {
      for (const { id } of own(accountId)) rows.delete(id);
    },
    allRows: () => [...rows.values()],
  };
}
