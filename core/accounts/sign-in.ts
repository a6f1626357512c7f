import type { SessionId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import type { Account } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import type { SecondFactor } from './factors.ts';
import type { AccountPorts } from './ports.ts';
import { type RefreshToken, writeRefreshToken } from './refresh-tokens.ts';
import { callerOf, cookieMaxAgeSeconds, openedSession, type Session, signedInElsewhere } from './sessions.ts';
import { standingOf } from './standing.ts';
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
  /** Tokens by which this browser is known at its next sign-ins; absent after a refresh. */
  deviceTokens?: string[];
};

type SignInPorts = Pick<
  AccountPorts,
  'accounts' | 'sessions' | 'notices' | 'secrets' | 'accessTokens' | 'throttle' | 'ids' | 'clock'
>;

type Opening = {
  /** The account, read before its credentials were checked. */
  account: Account;
  factor?: SecondFactor;
  remember: boolean;
  /** Whether the account was opened by the same request. */
  isFirst?: true;
};

/**
 * Opens a session on a device.
 *
 * @returns a refusal if the password was changed since the account was read. The change ends all stored sessions, and
 *   this function reads the account again after it stored the session. So at least one of the two notices the other
 */
export async function openSession(
  ports: SignInPorts,
  { account, factor, remember, isFirst }: Opening,
  call: SignInCall,
): Promise<SignIn | Refusal> {
  const { accounts, sessions, notices, secrets, throttle, ids, clock } = ports;
  const [line, secret] = [secrets.token(), secrets.token()];
  const { deviceTokens, wasKnown } = await throttle.remember(account.username, call);
  const { id: accountId, credentialsVersion } = account;
  const opening = {
    id: ids.next<SessionId>(),
    accountId,
    device: call.device,
    credentialsVersion,
    standing: standingOf(account),
    remember,
    lineDigest: secrets.digest(line),
  };
  const session = openedSession(opening, secrets.digest(secret), clock.now());
  await sessions.add(session, wasKnown || isFirst ? [] : [signedInElsewhere(session)]);
  if ((await accounts.get(accountId))?.credentialsVersion !== credentialsVersion) {
    await sessions.end(callerOf(session));
    return refusal('wrong_credentials');
  }
  const token = { ...callerOf(session), line, secret };
  const unreadNotices = await notices.unread(accountId);
  const shown = accountView(account, { factor, unreadNotices, now: clock.now() });
  return { ...(await signInWith(ports, session, token, shown)), deviceTokens };
}

/** The sign-in of a session with its newest token. */
export async function signInWith(
  { accessTokens, ids, clock }: Pick<SignInPorts, 'accessTokens' | 'ids' | 'clock'>,
  session: Session,
  token: RefreshToken,
  account: AccountView,
): Promise<SignIn> {
  const { accessToken, accessTokenExpiresAt } = await accessTokens.sign(
    callerOf(session),
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
