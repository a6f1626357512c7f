import { changed } from '#core/accounts/accounts.ts';
import type { AppFactor, FactorChange, SecondFactor } from '#core/accounts/factors.ts';
import type { AccountId } from '#core/ids.ts';
import type { Proof } from '#core/step-up.ts';
import { asInstant } from '#core/time.ts';
import { accountWith } from '#tests/helpers/entities.ts';
import type { Stores } from './stores.ts';

type Accounts = Pick<Stores, 'accounts'>;

/** The first code and the recovery codes of every factor that is turned on here. */
export const FIRST_CODE = { confirmedAt: asInstant(5_000), step: 10, recoveryDigests: ['one', 'two'] };

/** The second factor of a new account with this id, which is on. */
export async function turnedOn(
  { accounts, factors }: Pick<Stores, 'accounts' | 'factors'>,
  accountId: AccountId,
): Promise<SecondFactor> {
  await accounts.add(accountWith({ id: accountId }));
  await factors.start({ id: accountId, credentialsVersion: 1 }, 'sealed', true);
  const factor = (await factors.get(accountId)) as AppFactor;
  await changeFactor({ accounts }, accountId, { kind: 'confirmed', factor, first: FIRST_CODE });
  return (await factors.get(accountId))!;
}

/** Changes the second factor of an account, decided on its present version. */
export async function changeFactor({ accounts }: Accounts, accountId: AccountId, factor: FactorChange) {
  return accounts.save({ next: changed((await accounts.get(accountId))!, {}), events: [], factor });
}

export const stepProof = ({ accountId, sealedSecret = '' }: SecondFactor, step: number): Proof => ({
  accountId,
  spends: { sealedSecret, step },
});

export const codeProof = ({ accountId }: SecondFactor, recoveryDigest: string): Proof => ({
  accountId,
  spends: { recoveryDigest },
});
