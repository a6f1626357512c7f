import type { Caller } from '../caller.ts';
import type { SessionEvent } from '../events/events.ts';
import type { AccountId, ChallengeId, SessionId } from '../ids.ts';
import { DAY_MS, type Instant, later, MINUTE_MS, SECOND_MS } from '../time.ts';
import type { Standing } from './standing.ts';

/** The browser or program of a session, as it names itself. */
export type Device = { browser?: string; system?: string };

/** A sign-in on one device. Only digests of its refresh tokens are kept. */
export type Session = {
  id: SessionId;
  accountId: AccountId;
  device: Device;
  /** The account's number when the session was opened. A change of the password or of rights increments it. */
  credentialsVersion: number;
  standing: Standing;
  /** Kept for 30 days instead of 24 hours, both from its last use. */
  remember: boolean;
  /** Digest of the part that all its refresh tokens share. It distinguishes a spent token from a guess. */
  lineDigest: string;
  /** Digests of the valid tokens. There are several only if tabs refreshed at once. */
  live: string[];
  /** Tokens that were spent within `ROTATION_GRACE_MS`. */
  spent: { digest: string; at: Instant }[];
  createdAt: Instant;
  lastUsedAt: Instant;
  expiresAt: Instant;
  version: number;
};

/** A sign-in that waits for its second factor. */
export type Challenge = {
  id: ChallengeId;
  accountId: AccountId;
  /** The account's number when its password was checked. */
  credentialsVersion: number;
  remember: boolean;
  digest: string;
  expiresAt: Instant;
};

export const CHALLENGE_LIFE_MS = 5 * MINUTE_MS;
export const CHALLENGE_TRIES = 5;

/** Two tabs that refresh at once send one token twice. A spent token counts as stolen only after this time. */
export const ROTATION_GRACE_MS = 10 * SECOND_MS;
/** Upper bound of valid tokens. No browser needs more. The item then weighs 12 KB of DynamoDB's 400. */
export const MAX_LIVE = 256;

const sessionLifeMs = (remember: boolean) => (remember ? 30 * DAY_MS : DAY_MS);

/** How long the cookie is kept: without `remember` it goes when the browser closes. @returns seconds */
export const cookieMaxAgeSeconds = ({ remember }: Session) =>
  remember ? sessionLifeMs(true) / SECOND_MS : undefined;

type Opening = Pick<
  Session,
  'id' | 'accountId' | 'device' | 'credentialsVersion' | 'standing' | 'remember' | 'lineDigest'
>;

/** Account and id of a session. Its access tokens name the same. */
export const callerOf = ({ accountId, id }: Session): Caller => ({ accountId, sessionId: id });

export const signedInElsewhere = ({ id, accountId, createdAt, version }: Session): SessionEvent => ({
  type: 'signed_in_elsewhere',
  sessionId: id,
  accountIds: [accountId],
  version,
  at: createdAt,
});

export const openedSession = (opening: Opening, tokenDigest: string, now: Instant): Session => ({
  ...opening,
  live: [tokenDigest],
  spent: [],
  createdAt: now,
  lastUsedAt: now,
  expiresAt: later(now, sessionLifeMs(opening.remember)),
  version: 1,
});

/** Whether a stored session has not expired. One that was ended is not stored any more. */
export const isLive = ({ expiresAt }: Session, now: Instant) => now < expiresAt;

/**
 * The result of using a token. A `rotation` uses a valid token: its successor replaces all valid ones. An `addition`
 * uses a recently spent token: its successor is added to the valid ones. An addition keeps the version, because
 * additions at once do not conflict.
 */
export type Trading = { kind: 'rotation' | 'addition'; session: Session };

/**
 * Trades one of a session's tokens for a successor.
 * @returns `undefined` if the token was spent earlier. It was then copied, and the session must end
 */
export function traded(session: Session, used: string, successor: string, now: Instant): Trading | undefined {
  const spent = session.spent.filter(({ at }) => now < later(at, ROTATION_GRACE_MS));
  const kept = { ...session, lastUsedAt: now, expiresAt: later(now, sessionLifeMs(session.remember)) };
  if (session.live.includes(used)) {
    const justSpent = session.live.map((digest) => ({ digest, at: now }));
    const rotated = { live: [successor], spent: [...spent, ...justSpent], version: session.version + 1 };
    return { kind: 'rotation', session: { ...kept, ...rotated } };
  }
  if (spent.some(({ digest }) => digest === used))
    return { kind: 'addition', session: { ...kept, live: [...session.live, successor] } };
  return undefined;
}
