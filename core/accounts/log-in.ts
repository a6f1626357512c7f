import type { Anyone } from '../caller.ts';
import type { ChallengeId } from '../ids.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { later } from '../time.ts';
import type { Account } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import type { SecondFactor } from './factors.ts';
import { newChallenge } from './passkey-answers.ts';
import { normalPassword } from './passwords.ts';
import type { AccountPorts, Hasher } from './ports.ts';
import { isOn, isTotpOn } from './second-factor.ts';
import { CHALLENGE_LIFE_MS } from './sessions.ts';
import { openSession } from './sign-in.ts';

type Credentials = { login: string; password: string; remember?: boolean };

/**
 * Opens a session, or asks for the second factor. Unknown users and wrong passwords are indistinguishable (no
 * enumeration).
 */
export const logIn =
  (ports: AccountPorts) =>
  async ({ login, password, remember = false }: Credentials, _caller: Anyone, call: SignInCall) =>
    ports.passwords.inTurn(async (hasher) => {
      const account = await ports.throttle.password(login, call, () =>
        provenAccount(ports, hasher, login, password),
      );
      if (isRefusal(account)) return account;
      const factor = await ports.factors.get(account.id);
      if (isOn(factor)) return challengeFor(ports, account, factor, remember);
      return openSession(ports, { account, remember }, call);
    });

async function provenAccount(
  { accounts, passwords }: AccountPorts,
  hasher: Hasher,
  login: string,
  password: string,
) {
  const account = await accounts.byUsername(login);
  const normal = normalPassword(password);
  const fits = await hasher.verify(normal, account?.passwordHash ?? passwords.dummyHash);
  if (!account || !fits) return refusal('wrong_credentials');
  if (passwords.isOutdated(account.passwordHash))
    await accounts.replaceHash(account.id, account.passwordHash, await hasher.hash(normal));
  return account;
}

async function challengeFor(ports: AccountPorts, account: Account, factor: SecondFactor, remember: boolean) {
  const { challenges, secrets, ids, clock } = ports;
  const [id, secret] = [ids.next<ChallengeId>(), secrets.token()];
  const expiresAt = later(clock.now(), CHALLENGE_LIFE_MS);
  const { id: accountId, credentialsVersion } = account;
  const digest = secrets.digest(secret);
  await challenges.add({ id, accountId, credentialsVersion, remember, digest, expiresAt });
  const passkeyOptions = await optionsFor(ports, factor);
  return {
    status: 'second_factor_required' as const,
    challengeToken: `${id}.${secret}`,
    factors: kindsOf(factor),
    ...(passkeyOptions && { passkeyOptions }),
  };
}

async function optionsFor(ports: AccountPorts, { accountId, passkeys }: SecondFactor) {
  if (passkeys.length === 0) return undefined;
  return ports.webAuthn.assertionOptions(
    await newChallenge(ports, { kind: 'second_factor', accountId }),
    passkeys,
  );
}

const kindsOf = (factor: SecondFactor) => [
  ...(factor.passkeys.length > 0 ? (['passkey'] as const) : []),
  ...(isTotpOn(factor) ? (['totp'] as const) : []),
  ...(factor.recoveryDigests.length > 0 ? (['recovery_code'] as const) : []),
];
