import type { SessionId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Account } from './accounts.ts';
import type { AccountPorts } from './ports.ts';
import { type RefreshToken, writeRefreshToken } from './refresh-tokens.ts';
import { cookieMaxAgeSeconds, openedSession, type Session } from './sessions.ts';
import { type AccountView, accountView } from './views.ts';

/** The result of signing in: the body for the page, and the tokens for the cookies. */
export type SignIn = {
  signedIn: {
    status: 'signed_in';
    account: AccountView;
    accessToken: string;
    accessTokenExpiresAt: Instant;
  };
  refreshToken: string;
  /** Age of the refresh token's cookie. Without it the cookie ends with the browser. */
  maxAgeSeconds?: number;
  /** Token by which this browser is known at its next sign-in; absent after a refresh. */
  device?: string;
};

type SignInPorts = Pick<AccountPorts, 'sessions' | 'secrets' | 'accessTokens' | 'ids' | 'clock'>;

/** Opens a session on a new device. */
export async function openSession(
  ports: SignInPorts,
  account: Account,
  totpEnabled: boolean,
  remember: boolean,
): Promise<SignIn> {
  const { sessions, secrets, ids, clock } = ports;
  const [line, secret] = [secrets.token(), secrets.token()];
  const opening = {
    id: ids.next<SessionId>(),
    accountId: account.id,
    remember,
    lineDigest: secrets.digest(line),
  };
  const session = openedSession(opening, secrets.digest(secret), clock.now());
  await sessions.add(session);
  return signInWith(
    ports,
    session,
    { sessionId: session.id, line, secret },
    accountView(account, totpEnabled),
  );
}

/** The sign-in of a session with its newest token. */
export async function signInWith(
  { accessTokens, ids, clock }: SignInPorts,
  session: Session,
  token: RefreshToken,
  account: AccountView,
): Promise<SignIn> {
  const caller = { accountId: account.id, sessionId: session.id };
  const { accessToken, accessTokenExpiresAt } = await accessTokens.sign(
    caller,
    ids.next<string>(),
    clock.now(),
  );
  const maxAgeSeconds = cookieMaxAgeSeconds(session);
  return {
    signedIn: { status: 'signed_in', account, accessToken, accessTokenExpiresAt },
    refreshToken: writeRefreshToken(token),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}
