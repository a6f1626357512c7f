import type { Caller } from '../caller.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { answerIn, type GivenFactor, type Proof } from '../step-up.ts';
import type { Account, AccountChange } from './accounts.ts';
import type { SecondFactor } from './factors.ts';
import { normalPassword } from './passwords.ts';
import type { AccountPorts } from './ports.ts';
import { isOn, proofOf, proving } from './second-factor.ts';

export type OwnerPorts = Pick<
  AccountPorts,
  'passwords' | 'factors' | 'totp' | 'webAuthn' | 'cipher' | 'secrets' | 'codeBuckets' | 'clock'
> & { accounts: Pick<AccountPorts['accounts'], 'get'> };

/** The fields of a request by which its owner proves a change of the account. */
export type OwnerProof = { password: string } & GivenFactor;

/** The refusal of a wrong password. */
type WrongPassword = 'wrong_password' | 'wrong_second_factor';

/**
 * Runs a change of an account that needs its password, because an open page alone must not change its protection. It
 * reads, decides and writes again if the account changed meanwhile.
 *
 * @param change resolves with 'changed_since' if another change came first
 */
export const withPassword = <T>(
  ports: OwnerPorts,
  caller: Caller,
  password: string,
  wrongPassword: WrongPassword,
  change: (account: Account) => Promise<T | Refusal | 'changed_since'>,
): Promise<T | Refusal> =>
  proving(ports, caller, () =>
    retryOnConflict<T | Refusal>(`account ${caller.accountId}`, async () => {
      const account = await ports.accounts.get(caller.accountId);
      const fits =
        account &&
        (await ports.passwords.inTurn(({ verify }) =>
          verify(normalPassword(password), account.passwordHash),
        ));
      return fits ? change(account) : refusal(wrongPassword);
    }),
  );

/**
 * The same for a change that needs the second factor as well.
 *
 * @param change gets the proof that its transaction must spend; `undefined` for an account without a second factor
 */
export const asOwner = <T>(
  ports: OwnerPorts,
  caller: Caller,
  { password, ...given }: OwnerProof,
  wrongPassword: WrongPassword,
  change: (
    account: Account,
    proof: Proof | undefined,
    factor: SecondFactor | undefined,
  ) => Promise<T | Refusal | 'changed_since'>,
): Promise<T | Refusal> =>
  withPassword(ports, caller, password, wrongPassword, async (account) => {
    const factor = await ports.factors.get(account.id);
    return withFactor(ports, factor, given, (proof) => change(account, proof, factor));
  });

/** Runs a change with the proof that it must spend; `undefined` for an account without a second factor. */
export async function withFactor<T>(
  ports: OwnerPorts,
  factor: SecondFactor | undefined,
  given: GivenFactor,
  change: (proof: Proof | undefined) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  if (!isOn(factor)) return change(undefined);
  const answer = answerIn(given);
  if (answer === undefined) return refusal('second_factor_required');
  const proof = await proofOf(ports, factor, answer);
  return proof ? change(proof) : refusal('wrong_second_factor');
}

/** Saves a change. @returns the refusal, or 'changed_since' for `retryOnConflict` to read again */
export async function refusalOfSave({ accounts }: Pick<AccountPorts, 'accounts'>, change: AccountChange) {
  const outcome = await accounts.save(change);
  return outcome === undefined || outcome === 'changed_since' ? outcome : refusal(outcome);
}
