import type { FactorChange, SecondFactor } from '#core/accounts/factors.ts';
import type { SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { Proof, ProofOutcome } from '#core/step-up.ts';

/** `canSpend`, `spendNow` and `change` are for the fakes that write factors in their own transaction. */
export type MemorySecondFactors = SecondFactors & {
  canSpend(proof: Proof | undefined): boolean;
  spendNow(proof: Proof | undefined): void;
  change(change: FactorChange): 'out_of_order' | ProofOutcome | undefined;
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
  return {
    canSpend,
    spendNow,
    get: async (accountId) => rows.get(accountId),
    async start(accountId, sealedSecret) {
      if (rows.get(accountId)?.confirmedAt !== undefined) return 'out_of_order';
      rows.set(accountId, { accountId, sealedSecret, recoveryDigests: [] });
      return undefined;
    },
    change(change) {
      if (change.kind === 'confirmed') {
        const { accountId, sealedSecret } = change.factor;
        const row = rows.get(accountId);
        if (row?.sealedSecret !== sealedSecret || row.confirmedAt !== undefined) return 'out_of_order';
        const { confirmedAt, step, recoveryDigests } = change.first;
        rows.set(accountId, {
          ...row,
          confirmedAt,
          lastStep: step,
          recoveryDigests: [...recoveryDigests],
        });
        return undefined;
      }
      const { proof } = change;
      if (!canSpend(proof)) return 'wrong_second_factor';
      spendNow(proof);
      const row = rows.get(proof.accountId)!;
      if (change.kind === 'removed') rows.delete(proof.accountId);
      if (change.kind === 'renewed')
        rows.set(proof.accountId, { ...row, recoveryDigests: [...change.recoveryDigests] });
      return undefined;
    },
    async remove(accountId) {
      rows.delete(accountId);
    },
    async spend(proof) {
      if (!canSpend(proof)) return 'wrong_second_factor';
      spendNow(proof);
      return undefined;
    },
  };
}
