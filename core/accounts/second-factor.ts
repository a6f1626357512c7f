import type { AccountId } from '#core/ids.ts';
import { isRefusal, type Refusal, refusal } from '#core/refusal.ts';
import type { Clock } from '#core/time.ts';
import type { Cipher, SecondFactor, SecondFactors, Secrets, Totp } from './ports.ts';
import { type Bucket, type Buckets, countingFailures, LIMITS } from './throttle.ts';

export type SecondFactorPorts = {
  factors: SecondFactors;
  totp: Totp;
  cipher: Cipher;
  secrets: Secrets;
  /** Counts wrong codes of people who are signed in. */
  codeBuckets: Buckets;
  clock: Clock;
};

export const isOn = (factor: SecondFactor | undefined): factor is SecondFactor =>
  factor?.confirmedAt !== undefined;

/** Written down by hand: case, dashes and spaces do not matter. Bound to its account, so that no table of digests helps. */
export const recoveryDigest = (secrets: Secrets, accountId: AccountId, code: string) =>
  secrets.digest(`${accountId}#${code.toLowerCase().replaceAll(/[\s-]/g, '')}`);

/** The step of a code of the authenticator app, not yet used up. */
export function stepOf({ totp, cipher, clock }: SecondFactorPorts, factor: SecondFactor, code: string) {
  const digits = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  return totp.stepOf(cipher.open(factor.sealedSecret, factor.accountId), digits, clock.now());
}

/** Whether this is a code or recovery code of the factor; if so it is used up for `purpose`, and good for no other. */
export async function accepts(ports: SecondFactorPorts, factor: SecondFactor, code: string, purpose: string) {
  const step = stepOf(ports, factor, code);
  if (step !== undefined) return ports.factors.useStep(factor, step, purpose);
  const digest = recoveryDigest(ports.secrets, factor.accountId, code);
  return ports.factors.useRecoveryCode(factor, digest, purpose);
}

/** Runs what somebody signed in proves with password or code: failures count for the account. */
export function proving<T>(
  { codeBuckets, clock }: SecondFactorPorts,
  accountId: AccountId,
  attempt: () => Promise<T | Refusal>,
) {
  const bucket: Bucket = [`proof#${accountId}`, LIMITS.codes];
  return countingFailures(codeBuckets, clock, [bucket], attempt);
}

/** The step-up of other domains: what a withdrawal asks before it pays. */
export function secondFactor(ports: SecondFactorPorts) {
  return {
    /**
     * Uses up `code`, of the app or a recovery code, for `purpose`, which happens once however often it is asked for.
     * @returns why it may not go on, or `undefined`: the code was right, or the account has no second factor
     */
    async check(
      accountId: AccountId,
      code: string | undefined,
      purpose: string,
    ): Promise<SecondFactorRefusal | undefined> {
      const factor = await ports.factors.get(accountId);
      if (!isOn(factor)) return undefined;
      if (code === undefined) return 'second_factor_required';
      const result = await proving(ports, accountId, async () =>
        (await accepts(ports, factor, code, purpose)) ? undefined : refusal('wrong_second_factor'),
      );
      return isRefusal(result) ? (result.refused as SecondFactorRefusal) : undefined;
    },
  };
}

export type SecondFactorRefusal = 'second_factor_required' | 'wrong_second_factor' | 'too_many_requests';
