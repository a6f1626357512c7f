import type { FactorChange, SecondFactor } from '#core/accounts/factors.ts';
import type { PasskeyChallenge } from '#core/accounts/passkeys.ts';
import type { SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId, PasskeyChallengeId } from '#core/ids.ts';
import type { Proof, ProofOutcome } from '#core/step-up.ts';

/** `canSpend`, `spendNow` and `change` are for the fakes that write factors in their own transaction. */
export type MemorySecondFactors = SecondFactors & {
  canSpend(proof: Proof | undefined): boolean;
  spendNow(proof: Proof | undefined): void;
  change(change: FactorChange): 'out_of_order' | ProofOutcome | undefined;
};

const NO_APP = {
  sealedSecret: undefined,
  credentialsVersion: undefined,
  confirmedAt: undefined,
  lastStep: undefined,
};

/** The rows, and how a proof is spent in them. */
function memoryFactorRows() {
  const rows = new Map<AccountId, SecondFactor>();
  const challenges = new Map<PasskeyChallengeId, PasskeyChallenge>();
  const rowOf = (accountId: AccountId): SecondFactor =>
    rows.get(accountId) ?? { accountId, recoveryDigests: [], passkeys: [] };
  const write = (accountId: AccountId, changes: Partial<SecondFactor>) => {
    const row = { ...rowOf(accountId), ...changes };
    const isEmpty = !row.sealedSecret && row.recoveryDigests.length === 0 && row.passkeys.length === 0;
    if (isEmpty) rows.delete(accountId);
    else rows.set(accountId, row);
  };
  const canSpend = (proof: Proof | undefined) => {
    if (!proof) return true;
    const { accountId, spends } = proof;
    const row = rowOf(accountId);
    if ('recoveryDigest' in spends) return row.recoveryDigests.includes(spends.recoveryDigest);
    if ('step' in spends)
      return (
        row.sealedSecret === spends.sealedSecret && row.lastStep !== undefined && row.lastStep < spends.step
      );
    const { passkeyId, challengeId, signCount } = spends;
    const passkey = row.passkeys.find(({ id }) => id === passkeyId);
    if (!passkey || !challenges.has(challengeId)) return false;
    return signCount > 0 ? passkey.signCount < signCount : passkey.signCount === signCount;
  };
  const spendNow = (proof: Proof | undefined) => {
    if (!proof) return;
    const { accountId, spends } = proof;
    const { recoveryDigests, passkeys } = rowOf(accountId);
    if ('step' in spends) write(accountId, { lastStep: spends.step });
    else if ('recoveryDigest' in spends) {
      const left = recoveryDigests.filter((digest) => digest !== spends.recoveryDigest);
      write(accountId, { recoveryDigests: left });
    } else {
      const { challengeId, passkeyId, signCount, usedAt } = spends;
      challenges.delete(challengeId);
      const used = { signCount, lastUsedAt: usedAt };
      write(accountId, {
        passkeys: passkeys.map((one) => (one.id === passkeyId ? { ...one, ...used } : one)),
      });
    }
  };
  return { rows, challenges, rowOf, write, canSpend, spendNow };
}

function added(
  { challenges, rowOf, write }: ReturnType<typeof memoryFactorRows>,
  change: Extract<FactorChange, { kind: 'passkey_added' }>,
) {
  const { passkey, challengeId, recoveryDigests, forgetsApp } = change;
  const { passkeys } = rowOf(passkey.accountId);
  if (!challenges.has(challengeId)) return 'wrong_second_factor';
  if (passkeys.some(({ id }) => id === passkey.id)) return 'out_of_order';
  challenges.delete(challengeId);
  write(passkey.accountId, {
    passkeys: [...passkeys, passkey],
    ...(recoveryDigests && { recoveryDigests: [...recoveryDigests] }),
    ...(forgetsApp && NO_APP),
  });
  return undefined;
}

export function memorySecondFactors(): MemorySecondFactors {
  const state = memoryFactorRows();
  const { rows, challenges, rowOf, write, canSpend, spendNow } = state;
  return {
    canSpend,
    spendNow,
    get: async (accountId) => rows.get(accountId),
    async start({ id: accountId, credentialsVersion }, sealedSecret, isFirst) {
      const { confirmedAt, recoveryDigests } = rowOf(accountId);
      if (confirmedAt !== undefined || (isFirst && recoveryDigests.length > 0)) return 'changed_since';
      write(accountId, { sealedSecret, credentialsVersion });
      return undefined;
    },
    change(change) {
      if (change.kind === 'passkey_added') return added(state, change);
      if (change.kind === 'confirmed') {
        const { accountId, sealedSecret } = change.factor;
        const row = rowOf(accountId);
        if (row.sealedSecret !== sealedSecret || row.confirmedAt !== undefined) return 'out_of_order';
        const { confirmedAt, step, recoveryDigests } = change.first;
        write(accountId, { confirmedAt, lastStep: step, recoveryDigests: [...recoveryDigests] });
        return undefined;
      }
      const { proof } = change;
      const { accountId } = proof;
      if (!canSpend(proof)) return 'wrong_second_factor';
      const { passkeys } = rowOf(accountId);
      if (change.kind === 'passkey_removed' && !passkeys.some(({ id }) => id === change.passkeyId))
        return 'wrong_second_factor';
      spendNow(proof);
      if (change.kind === 'removed')
        write(accountId, { ...NO_APP, ...(!change.keepsCodes && { recoveryDigests: [] }) });
      if (change.kind === 'renewed') write(accountId, { recoveryDigests: [...change.recoveryDigests] });
      if (change.kind === 'passkey_removed')
        write(accountId, {
          passkeys: rowOf(accountId).passkeys.filter(({ id }) => id !== change.passkeyId),
          ...(change.isLast && { recoveryDigests: [], ...NO_APP }),
        });
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
    async renamePasskey(accountId, id, name) {
      const { passkeys } = rowOf(accountId);
      if (!passkeys.some((one) => one.id === id)) return 'not_found';
      write(accountId, { passkeys: passkeys.map((one) => (one.id === id ? { ...one, name } : one)) });
      return undefined;
    },
    async addChallenge(challenge) {
      challenges.set(challenge.id, challenge);
    },
    challenge: async (id) => challenges.get(id),
  };
}
