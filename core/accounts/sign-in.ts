import type { AccountId, Ids, SessionId } from '#core/ids.ts';
import type { Clock, Instant } from '#core/time.ts';
import { type Account, type AccountView, viewOf } from './accounts.ts';
import type { AccessTokenSigner, Secrets, Sessions } from './ports.ts';
import { cookieMaxAgeSeconds, openedSession, type Session } from './sessions.ts';

/** The result of signing in: the body for the page, and the refresh token for the cookie. */
export type SignIn = {
  signedIn: {
    status: 'signed_in';
    account: AccountView;
    accessToken: string;
    accessTokenExpiresAt: Instant;
  };
  refreshToken: string;
  /** How long the cookie is kept; without it, until the browser closes. */
  maxAgeSeconds?: number;
  /** Token by which this browser is known at its next sign-in; absent after a refresh. */
  device?: string;
};

export type SignInPorts = {
  sessions: Sessions;
  secrets: Secrets;
  accessTokens: AccessTokenSigner;
  ids: Ids;
  clock: Clock;
};

/** The parts of a refresh token. `line` is the same for the whole session, `secret` is used once. */
export type RefreshToken = { sessionId: SessionId; line: string; secret: string };

const writeRefreshToken = ({ sessionId, line, secret }: RefreshToken) => `${sessionId}.${line}.${secret}`;

/** @returns `undefined` if the text has another form */
export function readRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, sessionId, line, secret] = /^([0-9a-z]{1,64})\.([\w-]{43})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return secret ? { sessionId: sessionId as SessionId, line: line!, secret } : undefined;
}

/** Opens a session on a new device. */
export async function openSession(
  ports: SignInPorts,
  account: Account,
  totpEnabled: boolean,
  remember: boolean,
) {
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
  return signInWith(ports, session, { sessionId: session.id, line, secret }, viewOf(account, totpEnabled));
}

/** The sign-in of a session with its newest token. */
export async function signInWith(
  { accessTokens, ids, clock }: SignInPorts,
  session: Session,
  token: RefreshToken,
  account: AccountView,
): Promise<SignIn> {
  const caller = { accountId: account.id as AccountId, sessionId: session.id };
  const signed = await accessTokens.sign(caller, ids.next<string>(), clock.now());
  const maxAgeSeconds = cookieMaxAgeSeconds(session);
  return {
    signedIn: { status: 'signed_in', account, ...signed },
    refreshToken: writeRefreshToken(token),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}
