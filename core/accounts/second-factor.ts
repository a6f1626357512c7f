import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Proof, StepUp } from '../step-up.ts';
import type { SecondFactor } from './factors.ts';
import { RECOVERY_CODES } from './limits.ts';
import type { Bucket, SecondFactorPorts, Secrets } from './ports.ts';
import { countingFailures, LIMITS } from './throttle.ts';

/** The refusals of a step that needs the second factor to be on, or off. */
export const TOTP_OFF = refusal('out_of_order', { state: 'off' });
export const TOTP_ON = refusal('out_of_order', { state: 'on' });

/** New recovery codes, which are shown once, and their digests, which are stored. */
export function newRecoveryCodes(secrets: Secrets, accountId: AccountId) {
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => secrets.recoveryCode());
  return {
    recoveryCodes,
    recoveryDigests: recoveryCodes.map((code) => recoveryDigest(secrets, accountId, code)),
  };
}

export const isOn = (factor: SecondFactor | undefined): factor is SecondFactor =>
  factor?.confirmedAt !== undefined;

/**
 * The digest of a recovery code. Case, dashes and spaces are ignored, because people write codes down. It depends on
 * the account, so that a precomputed table of digests is useless.
 */
export const recoveryDigest = (secrets: Secrets, accountId: AccountId, code: string) =>
  secrets.digest(`${accountId}#${code.toLowerCase().replaceAll(/[\s-]/g, '')}`);

/** The time step of a code of the authenticator app, which may be spent. */
export function stepOf({ totp, cipher, clock }: SecondFactorPorts, factor: SecondFactor, code: string) {
  const digits = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  return totp.stepOf(cipher.open(factor.sealedSecret, factor.accountId), digits, clock.now());
}

/** The proof of a code of the app or a recovery code; `undefined` if it is wrong or spent. */
export function proofOf(ports: SecondFactorPorts, factor: SecondFactor, code: string): Proof | undefined {
  const { accountId, sealedSecret, lastStep = Number.POSITIVE_INFINITY, recoveryDigests } = factor;
  const step = stepOf(ports, factor, code);
  if (step !== undefined) return step > lastStep ? { accountId, sealedSecret, spends: { step } } : undefined;
  const digest = recoveryDigest(ports.secrets, accountId, code);
  if (!recoveryDigests.includes(digest)) return undefined;
  return { accountId, sealedSecret, spends: { recoveryDigest: digest } };
}

/**
 * Runs an attempt of a signed-in person that needs a password or code. Wrong ones count for the session and not for the
 * account, so that a thief of an access token does not use up the owner's tries: a new session needs both factors.
 */
export function proving<T>(
  { codeBuckets, clock }: SecondFactorPorts,
  { accountId, sessionId }: Caller,
  attempt: () => Promise<T | Refusal>,
) {
  const bucket: Bucket = [`proof#${accountId}#${sessionId}`, LIMITS.codes];
  return countingFailures(codeBuckets, clock, [bucket], attempt);
}

/** Step-up: asks for the second factor again where XMR leaves an account or its protection changes. */
export const stepUp =
  (ports: SecondFactorPorts): StepUp =>
  async (caller, code, effect) => {
    const factor = await ports.factors.get(caller.accountId);
    if (!isOn(factor)) return effect(undefined);
    if (code === undefined) return refusal('second_factor_required');
    return proving(ports, caller, async () => {
      const proof = proofOf(ports, factor, code);
      return proof ? effect(proof) : refusal('wrong_second_factor');
    });
  };
