import type { ChallengeId } from '#core/ids.ts';
import { isRefusal, refusal } from '#core/refusal.ts';
import { later } from '#core/time.ts';
import type { Account } from './accounts.ts';
import { normalPassword } from './passwords.ts';
import type { Challenges, Hasher } from './ports.ts';
import type { RegisterPorts } from './register-account.ts';
import { isOn, proofOf, type SecondFactorPorts } from './second-factor.ts';
import { CHALLENGE_LIFE_MS, CHALLENGE_TRIES } from './sessions.ts';
import { openSession } from './sign-in.ts';
import type { From } from './throttle.ts';

export type LogInPorts = RegisterPorts & SecondFactorPorts & { challenges: Challenges };

type Credentials = { login: string; password: string; remember?: boolean };

/**
 * Opens a session, or asks for the second factor. Unknown users and wrong passwords are indistinguishable (no
 * enumeration).
 */
export const logIn =
  (ports: LogInPorts) =>
  ({ login, password, remember = false }: Credentials, from: From) =>
    ports.passwords.inTurn(async (hasher) => {
      const account = await ports.throttle.password(login, from, () =>
        provenAccount(ports, hasher, login, password),
      );
      if (isRefusal(account)) return account;
      const factor = await ports.factors.get(account.id);
      if (isOn(factor)) return challengeFor(ports, account, remember);
      const device = await ports.throttle.knows(account.username, from);
      return { ...(await openSession(ports, account, false, remember)), device };
    });

async function provenAccount(
  { accounts, passwords }: LogInPorts,
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

async function challengeFor(
  { challenges, secrets, ids, clock }: LogInPorts,
  account: Account,
  remember: boolean,
) {
  const [id, secret] = [ids.next<ChallengeId>(), secrets.token()];
  const expiresAt = later(clock.now(), CHALLENGE_LIFE_MS);
  await challenges.add({ id, accountId: account.id, remember, digest: secrets.digest(secret), expiresAt });
  return { status: 'second_factor_required' as const, challengeToken: `${id}.${secret}` };
}

/**
 * Finishes signing in. Each try is counted before its code is checked, so that parallel tries do not evade the limit.
 */
export const logInSecondFactor =
  (ports: LogInPorts) =>
  async ({ challengeToken, code }: { challengeToken: string; code: string }, from: From) => {
    const { challenges, accounts, factors, secrets, clock } = ports;
    const [id = '', secret = ''] = challengeToken.split('.');
    const challenge = await challenges.takeTry(
      id as ChallengeId,
      secrets.digest(secret),
      CHALLENGE_TRIES,
      clock.now(),
    );
    const account = challenge && (await accounts.get(challenge.accountId));
    if (!account) return refusal('wrong_code');
    const result = await ports.throttle.code(account.username, from, async () => {
      const factor = await factors.get(account.id);
      const proof = isOn(factor) && proofOf(ports, factor, code);
      // Dies after either of these writes: nobody is signed in, and the person types the next code.
      const passed = proof && !(await factors.spend(proof)) && (await challenges.close(challenge.id));
      return passed ? account : refusal('wrong_code');
    });
    if (isRefusal(result)) return result;
    const device = await ports.throttle.knows(account.username, from);
    return { ...(await openSession(ports, account, true, challenge.remember)), device };
  };
