import type { AccountId, Ids, SessionId } from '#core/ids.ts';
import type { Clock, Instant } from '#core/time.ts';
import { type Account, type AccountView, viewOf } from './accounts.ts';
import type { AccessTokenSigner, Secrets, Sessions } from './ports.ts';
import { cookieMaxAgeSeconds, openedSession, type Session } from './sessions.ts';

/** What signing in gives: the answer for the page, and the refresh token for the cookie. */
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
  /** What this browser shows at its next sign-in, to be known again; only a sign-in gives one. */
  device?: string;
};

export type SignInPorts = {
  sessions: Sessions;
  secrets: Secrets;
  accessTokens: AccessTokenSigner;
  ids: Ids;
  clock: Clock;
};

/** A refresh token taken apart. `line` stays the same for as long as the session lives, `secret` is used once. */
export type RefreshToken = { sessionId: SessionId; line: string; secret: string };

const writeRefreshToken = ({ sessionId, line, secret }: RefreshToken) => `${sessionId}.${line}.${secret}`;

/** @returns undefined for what is no refresh token at all */
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

/** The answer to whoever holds `token`, the newest of `session`. */
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
