import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { FactorAnswer, Proof, StepUp } from '../step-up.ts';
import type { AppFactor, SecondFactor } from './factors.ts';
import { RECOVERY_CODES } from './limits.ts';
import { assertionOf } from './passkey-answers.ts';
import type { PasskeyUse } from './passkeys.ts';
import type { Bucket, SecondFactorPorts, Secrets } from './ports.ts';
import { countingFailures, LIMITS } from './throttle.ts';

/** The refusals of a step that needs the second factor to be on, or off. */
export const TOTP_OFF = refusal('out_of_order', { state: 'off' });
export const TOTP_ON = refusal('out_of_order', { state: 'on' });
/** The refusal of a step that needs a passkey of the account. */
export const NO_PASSKEY = refusal('out_of_order', { state: 'no_passkey' });

/** New recovery codes, which are shown once, and their digests, which are stored. */
export function newRecoveryCodes(secrets: Secrets, accountId: AccountId) {
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => secrets.recoveryCode());
  return {
    recoveryCodes,
    recoveryDigests: recoveryCodes.map((code) => recoveryDigest(secrets, accountId, code)),
  };
}

/** Whether an app has the secret that is stored, confirmed or not. */
export const hasApp = (factor: SecondFactor | undefined): factor is AppFactor =>
  factor?.sealedSecret !== undefined;

export const isTotpOn = (factor: SecondFactor | undefined): factor is AppFactor =>
  hasApp(factor) && factor.confirmedAt !== undefined;

/** Whether the account has a second factor: an app or a passkey. */
export const isOn = (factor: SecondFactor | undefined): factor is SecondFactor =>
  isTotpOn(factor) || (factor?.passkeys ?? []).length > 0;

/**
 * The digest of a recovery code. Case, dashes and spaces are ignored, because people write codes down. It depends on
 * the account, so that a precomputed table of digests is useless.
 */
export const recoveryDigest = (secrets: Secrets, accountId: AccountId, code: string) =>
  secrets.digest(`${accountId}#${code.toLowerCase().replaceAll(/[\s-]/g, '')}`);

/** The time step of a code of the authenticator app, which may be spent. */
export function stepOf(
  { totp, cipher, clock }: Pick<SecondFactorPorts, 'totp' | 'cipher' | 'clock'>,
  factor: AppFactor,
  code: string,
) {
  const digits = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  return totp.stepOf(cipher.open(factor.sealedSecret, factor.accountId), digits, clock.now());
}

/** The proof of a code of the app or a recovery code; `undefined` if it is wrong or spent. */
function proofOfCode(ports: SecondFactorPorts, factor: SecondFactor, code: string): Proof | undefined {
  const { accountId, recoveryDigests } = factor;
  const step = isTotpOn(factor) ? stepOf(ports, factor, code) : undefined;
  if (isTotpOn(factor) && step !== undefined) {
    const { sealedSecret, lastStep = Number.POSITIVE_INFINITY } = factor;
    return step > lastStep ? { accountId, spends: { sealedSecret, step } } : undefined;
  }
  const digest = recoveryDigest(ports.secrets, accountId, code);
  return recoveryDigests.includes(digest) ? { accountId, spends: { recoveryDigest: digest } } : undefined;
}

/**
 * The proof of a code or of a passkey's answer; `undefined` if it is wrong or spent.
 *
 * @param use the use for which a passkey's challenge must have been made
 */
export async function proofOf(
  ports: SecondFactorPorts,
  factor: SecondFactor,
  answer: FactorAnswer,
  use: PasskeyUse = 'step_up',
): Promise<Proof | undefined> {
  if (typeof answer === 'string') return proofOfCode(ports, factor, answer);
  const spends = await assertionOf(ports, factor, answer, use);
  return spends && { accountId: factor.accountId, spends };
}

/**
 * Runs an attempt of a signed-in person that needs a password or code. Wrong ones count for the session and not for the
 * account, so that a stolen access token cannot use up the owner's tries. The owner can open another session, for which
 * a thief lacks the factors.
 */
export function proving<T>(
  { codeBuckets, clock }: Pick<SecondFactorPorts, 'codeBuckets' | 'clock'>,
  { accountId, sessionId }: Caller,
  attempt: () => Promise<T | Refusal>,
) {
  const bucket: Bucket = [`proof#${accountId}#${sessionId}`, LIMITS.codes];
  return countingFailures(codeBuckets, clock, [bucket], attempt);
}

/** Step-up: asks for the second factor again where XMR leaves an account or its protection changes. */
export const stepUp =
  (ports: SecondFactorPorts): StepUp =>
  async (caller, answer, effect) => {
    const factor = await ports.factors.get(caller.accountId);
    if (!isOn(factor)) return effect(undefined);
    if (answer === undefined) return refusal('second_factor_required');
    return proving(ports, caller, async () => {
      const proof = await proofOf(ports, factor, answer);
      return proof ? effect(proof) : refusal('wrong_second_factor');
    });
  };
