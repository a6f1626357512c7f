import type { SecondFactor, SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { Proof } from '#core/step-up.ts';
import { asInstant } from '#core/time.ts';

/** The first code and the recovery codes of every factor that is turned on here. */
export const FIRST_CODE = { confirmedAt: asInstant(5_000), step: 10, recoveryDigests: ['one', 'two'] };

/** The second factor of an account, which is on. */
export async function turnedOn(factors: SecondFactors, accountId: AccountId): Promise<SecondFactor> {
  await factors.start(accountId, 'sealed');
  await factors.confirm((await factors.get(accountId))!, FIRST_CODE);
  return (await factors.get(accountId))!;
}

export const stepProof = ({ accountId, sealedSecret }: SecondFactor, step: number): Proof => ({
  accountId,
  sealedSecret,
  spends: { step },
});

export const codeProof = ({ accountId, sealedSecret }: SecondFactor, recoveryDigest: string): Proof => ({
  accountId,
  sealedSecret,
  spends: { recoveryDigest },
});
