import type { Anyone } from '../caller.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { SECOND_MS } from '../time.ts';
import type { RefreshCall } from './calls.ts';
import type { AccountPorts } from './ports.ts';
import { type RefreshToken, readRefreshToken, sessionOf } from './refresh-tokens.ts';
import { callerOf, isLive, MAX_LIVE, ROTATION_GRACE_MS, traded } from './sessions.ts';
import { signInWith } from './sign-in.ts';
import { accountView } from './views.ts';

/** Trades a refresh token for the next one. A spent token ends the session, because two people hold it. */
export const refreshSession =
  (ports: AccountPorts) =>
  async (_input: unknown, _caller: Anyone, { refreshToken }: RefreshCall) => {
    const { accounts, factors, notices, clock } = ports;
    const token = readRefreshToken(refreshToken);
    const renewed = token ? await renew(ports, token) : refusal('session_ended');
    if (isRefusal(renewed)) return renewed;
    const { accountId, credentialsVersion } = renewed.session;
    const [account, factor, unreadNotices] = await Promise.all([
      accounts.get(accountId),
      factors.get(accountId),
      notices.unread(accountId),
    ]);
    if (account?.credentialsVersion !== credentialsVersion) return refusal('session_ended');
    const shown = accountView(account, { factor, unreadNotices, now: clock.now() });
    return signInWith(ports, renewed.session, renewed.token, shown);
  };

function renew(ports: AccountPorts, token: RefreshToken) {
  const { sessions, secrets, clock } = ports;
  const secret = secrets.token();
  return retryOnConflict(`session ${token.sessionId}`, async () => {
    const session = await sessionOf(ports, token);
    if (!session || !isLive(session, clock.now())) return refusal('session_ended');
    const trading = traded(session, secrets.digest(token.secret), secrets.digest(secret), clock.now());
    if (!trading) {
      await sessions.end(callerOf(session));
      return refusal('session_ended');
    }
    if (trading.session.live.length > MAX_LIVE)
      return refusal('too_many_requests', { retryAfterSeconds: ROTATION_GRACE_MS / SECOND_MS });
    const conflict = await sessions.trade(session, trading);
    return conflict ?? { session: trading.session, token: { ...token, secret } };
  });
}
