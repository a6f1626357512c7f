import type { SecondFactor, SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { Proof, ProofOutcome } from '#core/step-up.ts';

/** `canSpend` and `spendNow` are for the fakes that spend a proof in their own transaction. */
export type MemorySecondFactors = SecondFactors & {
  canSpend(proof: Proof | undefined): boolean;
  spendNow(proof: Proof | undefined): void;
};

export function memorySecondFactors(): MemorySecondFactors {
  const rows = new Map<AccountId, SecondFactor>();
  const canSpend = (proof: Proof | undefined) => {
    if (!proof) return true;
    const { accountId, sealedSecret, spends } = proof;
    const row = rows.get(accountId);
    if (row?.sealedSecret !== sealedSecret) return false;
    if ('recoveryDigest' in spends) return row.recoveryDigests.includes(spends.recoveryDigest);
    return row.lastStep !== undefined && row.lastStep < spends.step;
  };
  const spendNow = (proof: Proof | undefined) => {
    const row = proof && rows.get(proof.accountId);
    if (!row) return;
    const { spends } = proof;
    const spent =
      'step' in spends
        ? { lastStep: spends.step }
        : { recoveryDigests: row.recoveryDigests.filter((digest) => digest !== spends.recoveryDigest) };
    rows.set(proof.accountId, { ...row, ...spent });
  };
  const spending = (proof: Proof, then: () => void): ProofOutcome | undefined => {
    if (!canSpend(proof)) return 'wrong_second_factor';
    then();
    return undefined;
  };
  return {
    canSpend,
    spendNow,
    get: async (accountId) => rows.get(accountId),
    async start(accountId, sealedSecret) {
      if (rows.get(accountId)?.confirmedAt !== undefined) return 'out_of_order';
      rows.set(accountId, { accountId, sealedSecret, recoveryDigests: [] });
      return undefined;
    },
    async confirm({ accountId, sealedSecret }, { confirmedAt, step, recoveryDigests }) {
      const row = rows.get(accountId);
      if (row?.sealedSecret !== sealedSecret || row.confirmedAt !== undefined) return 'out_of_order';
      rows.set(accountId, { ...row, confirmedAt, lastStep: step, recoveryDigests });
      return undefined;
    },
    spend: async (proof) => spending(proof, () => spendNow(proof)),
    remove: async (proof) => spending(proof, () => rows.delete(proof.accountId)),
  };
}
