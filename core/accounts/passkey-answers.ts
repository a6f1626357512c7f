import type { PasskeyChallengeId, PasskeyId } from '../ids.ts';
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

/** The use of a challenge; `undefined` if it was used up or has expired. */
export async function openUse(
  { factors, clock }: Pick<AnswerPorts, 'factors' | 'clock'>,
  id: PasskeyChallengeId,
): Promise<PasskeyChallenge['use'] | undefined> {
  const challenge = await factors.challenge(id);
  return challenge && challenge.expiresAt > clock.now() ? challenge.use : undefined;
}

/**
 * The assertion that a correct answer of one of the account's passkeys spends; `undefined` if the answer is wrong. The
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
  if (!passkey) return undefined;
  const open = await openUse(ports, challengeId);
  // A challenge to sign in by passkey alone is of no account.
  const isOfAnother = open !== undefined && 'accountId' in open && open.accountId !== accountId;
  if (open?.kind !== use || isOfAnother) return undefined;
  const signCount = await webAuthn.signCountOf(response, challengeId, passkey);
  return signCount === undefined ? undefined : { challengeId, passkeyId, signCount, usedAt: clock.now() };
}
