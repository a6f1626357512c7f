import type { SecondFactor, SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';

type Row = {
  factor: SecondFactor;
  lastStep: number;
  recoveryDigests: Set<string>;
  /** What the last step and the last recovery code were used for. */
  stepPurpose?: string;
  recovery?: { digest: string; purpose: string };
};

export function memorySecondFactors(): SecondFactors {
  const rows = new Map<AccountId, Row>();
  const same = ({ accountId, sealedSecret }: SecondFactor) => {
    const row = rows.get(accountId);
    return row?.factor.sealedSecret === sealedSecret ? row : undefined;
  };
  return {
    get: async (accountId) => rows.get(accountId)?.factor,
    async start(accountId, sealedSecret) {
      if (rows.get(accountId)?.factor.confirmedAt !== undefined) return 'out_of_order';
      rows.set(accountId, { factor: { accountId, sealedSecret }, lastStep: -1, recoveryDigests: new Set() });
      return undefined;
    },
    async confirm(factor, { confirmedAt, step, recoveryDigests }) {
      const row = same(factor);
      if (!row || row.factor.confirmedAt !== undefined) return 'out_of_order';
      const on = { ...row.factor, confirmedAt };
      rows.set(factor.accountId, { factor: on, lastStep: step, recoveryDigests: new Set(recoveryDigests) });
      return undefined;
    },
    async useStep(factor, step, purpose) {
      const row = same(factor);
      if (row?.factor.confirmedAt === undefined || row.lastStep > step) return false;
      if (row.lastStep === step) return row.stepPurpose === purpose;
      row.lastStep = step;
      row.stepPurpose = purpose;
      return true;
    },
    async useRecoveryCode(factor, digest, purpose) {
      const row = same(factor);
      if (row?.recovery?.digest === digest) return row.recovery.purpose === purpose;
      if (!row?.recoveryDigests.delete(digest)) return false;
      row.recovery = { digest, purpose };
      return true;
    },
    async remove(factor) {
      if (same(factor)) rows.delete(factor.accountId);
    },
  };
}
