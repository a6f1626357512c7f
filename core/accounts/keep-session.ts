import { refusal } from '#core/refusal.ts';
import { viewOf } from './accounts.ts';
import type { Accounts, SecondFactors } from './ports.ts';
import { isOn } from './second-factor.ts';
import { isLive, rotated, type Session } from './sessions.ts';
import { type RefreshToken, readRefreshToken, type SignInPorts, signInWith } from './sign-in.ts';

export type KeepSessionPorts = SignInPorts & { accounts: Accounts; factors: SecondFactors };

/** More tabs than this do not refresh at one instant. */
const RACES = 40;

/** Trades a refresh token for the next one; one that was spent before ends the session, as two people hold it. */
export const refreshSession = (ports: KeepSessionPorts) => async (cookie: string | undefined) => {
  const token = readRefreshToken(cookie);
  const renewed = token && (await renew(ports, token));
  if (!renewed) return refusal('session_ended');
  const { accountId } = renewed.session;
  const [account, factor] = await Promise.all([ports.accounts.get(accountId), ports.factors.get(accountId)]);
  if (!account) return refusal('session_ended');
  return signInWith(ports, renewed.session, renewed.token, viewOf(account, isOn(factor)));
};

async function renew(ports: KeepSessionPorts, token: RefreshToken) {
  const { sessions, secrets, clock } = ports;
  const secret = secrets.token();
  for (let race = 0; race < RACES; race++) {
    const session = await sessionOf(ports, token);
    if (!session || !isLive(session, clock.now())) return undefined;
    const next = rotated(session, secrets.digest(token.secret), secrets.digest(secret), clock.now());
    if (!next) {
      await sessions.end(session.id, clock.now());
      return undefined;
    }
    if (!(await sessions.replace(next))) return { session: next, token: { ...token, secret } };
  }
  throw new Error(`session ${token.sessionId} was refreshed ${RACES} times at once`);
}

/** The session of a token that it once gave out, whether spent or not. */
async function sessionOf(
  { sessions, secrets }: KeepSessionPorts,
  { sessionId, line }: RefreshToken,
): Promise<Session | undefined> {
  const session = await sessions.get(sessionId);
  return session?.lineDigest === secrets.digest(line) ? session : undefined;
}

/** Ends the session of a refresh token. Whatever is no such token ends nothing, and is no error: one is logged out. */
export const logOut = (ports: KeepSessionPorts) => async (cookie: string | undefined) => {
  const token = readRefreshToken(cookie);
  const session = token && (await sessionOf(ports, token));
  if (session) await ports.sessions.end(session.id, ports.clock.now());
};
