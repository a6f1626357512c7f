import { isRefusal, refusal } from '#core/refusal.ts';
import { retryOnConflict } from '#core/retry-on-conflict.ts';
import { SECOND_MS } from '#core/time.ts';
import { viewOf } from './accounts.ts';
import type { Accounts, SecondFactors } from './ports.ts';
import { isOn } from './second-factor.ts';
import { isLive, MAX_LIVE, ROTATION_GRACE_MS, type Session, traded } from './sessions.ts';
import { type RefreshToken, readRefreshToken, type SignInPorts, signInWith } from './sign-in.ts';

export type KeepSessionPorts = SignInPorts & { accounts: Accounts; factors: SecondFactors };

/** Trades a refresh token for the next one. A spent token ends the session, because two people hold it. */
export const refreshSession = (ports: KeepSessionPorts) => async (cookie: string | undefined) => {
  const token = readRefreshToken(cookie);
  const renewed = token ? await renew(ports, token) : refusal('session_ended');
  if (isRefusal(renewed)) return renewed;
  const { accountId } = renewed.session;
  const [account, factor] = await Promise.all([ports.accounts.get(accountId), ports.factors.get(accountId)]);
  if (!account) return refusal('session_ended');
  return signInWith(ports, renewed.session, renewed.token, viewOf(account, isOn(factor)));
};

function renew(ports: KeepSessionPorts, token: RefreshToken) {
  const { sessions, secrets, clock } = ports;
  const secret = secrets.token();
  return retryOnConflict(`session ${token.sessionId}`, async () => {
    const session = await sessionOf(ports, token);
    if (!session || !isLive(session, clock.now())) return refusal('session_ended');
    const trading = traded(session, secrets.digest(token.secret), secrets.digest(secret), clock.now());
    if (!trading) {
      await sessions.end(session.id, clock.now());
      return refusal('session_ended');
    }
    if (trading.session.live.length > MAX_LIVE)
      return refusal('too_many_requests', { retryAfterSeconds: ROTATION_GRACE_MS / SECOND_MS });
    const conflict = await sessions.trade(session, trading);
    return conflict ?? { session: trading.session, token: { ...token, secret } };
  });
}

/** The session of a token, which may be spent; `undefined` for a guessed one. */
async function sessionOf(
  { sessions, secrets }: KeepSessionPorts,
  { sessionId, line }: RefreshToken,
): Promise<Session | undefined> {
  const session = await sessions.get(sessionId);
  return session?.lineDigest === secrets.digest(line) ? session : undefined;
}

/** Ends the session of a refresh token. An unknown token is no error. */
export const logOut = (ports: KeepSessionPorts) => async (cookie: string | undefined) => {
  const token = readRefreshToken(cookie);
  const session = token && (await sessionOf(ports, token));
  if (session) await ports.sessions.end(session.id, ports.clock.now());
};
