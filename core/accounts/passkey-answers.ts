import type { AccountId, PasskeyChallengeId, PasskeyId } from '../ids.ts';
import type { Assertion, PasskeyAnswer } from '../step-up.ts';
import { later } from '../time.ts';
import type { SecondFactor } from './factors.ts';
import { PASSKEY_CHALLENGE_LIFE_MS, type PasskeyChallenge, type PasskeyUse } from './passkeys.ts';
import type { SecondFactorPorts, Secrets } from './ports.ts';

type AnswerPorts = Pick<SecondFactorPorts, 'factors' | 'webAuthn' | 'secrets' | 'clock'>;

/** The id of the passkey with this credential. */
export const passkeyIdOf = (secrets: Secrets, credentialId: string) =>
  secrets.digest(credentialId) as PasskeyId;

/** Stores a new challenge for this use. */
export async function newChallenge(
  { factors, secrets, clock }: Pick<AnswerPorts, 'factors' | 'secrets' | 'clock'>,
  use: PasskeyChallenge['use'],
): Promise<PasskeyChallengeId> {
  const id = secrets.token() as PasskeyChallengeId;
  await factors.addChallenge({ id, use, expiresAt: later(clock.now(), PASSKEY_CHALLENGE_LIFE_MS) });
  return id;
}

/** Whether this challenge is open for this use, and of this account unless it is for a sign-in by passkey alone. */
export async function isOpenFor(
  { factors, clock }: Pick<AnswerPorts, 'factors' | 'clock'>,
  id: PasskeyChallengeId,
  kind: PasskeyUse,
  accountId: AccountId,
): Promise<boolean> {
  const challenge = await factors.challenge(id);
  if (!challenge || challenge.expiresAt <= clock.now() || challenge.use.kind !== kind) return false;
  return challenge.use.kind === 'sign_in' || challenge.use.accountId === accountId;
}

/**
 * What a correct answer of one of the account's passkeys spends; `undefined` if anything about it is wrong. The
 * challenge must have been made for this use and account.
 */
export async function assertionOf(
  ports: AnswerPorts,
  { accountId, passkeys }: SecondFactor,
  { challengeId, response }: PasskeyAnswer,
  use: PasskeyUse,
): Promise<Assertion | undefined> {
  const { webAuthn, secrets, clock } = ports;
  const passkeyId = passkeyIdOf(secrets, response.id);
  const passkey = passkeys.find(({ id }) => id === passkeyId);
  if (!passkey || !(await isOpenFor(ports, challengeId, use, accountId))) return undefined;
  const signCount = await webAuthn.signCountOf(response, challengeId, passkey);
  return signCount === undefined ? undefined : { challengeId, passkeyId, signCount, usedAt: clock.now() };
}
