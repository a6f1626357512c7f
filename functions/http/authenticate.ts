import type { AccessTokens } from '#adapters/tokens/access-tokens.ts';
import type { Standing } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import { BEARER_CHALLENGE, Refused } from './refused.ts';

export interface LiveSessions {
  /** The rights of the caller's session; `undefined` if it has ended or expired. */
  standingOf(caller: Caller): Promise<Standing | undefined>;
}

/** A caller with the rights of his session. */
export type Authenticated = { caller: Caller; standing: Standing };

/** A request without credentials gets no error code in its challenge (RFC 6750, section 3.1). */
const notSignedIn = (authorization: string | undefined) => {
  if (authorization === undefined) return new Refused('not_signed_in');
  return new Refused(
    'not_signed_in',
    {},
    { 'www-authenticate': `${BEARER_CHALLENGE}, error="invalid_token"` },
  );
};

/** The caller of a bearer token that is valid, and whose session has not ended. */
export function authenticator(tokens: Pick<AccessTokens, 'verify'>, sessions: LiveSessions) {
  return async (authorization: string | undefined): Promise<Authenticated> => {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
    const caller = token && (await tokens.verify(token));
    const standing = caller && (await sessions.standingOf(caller));
    if (!standing) throw notSignedIn(authorization);
    return { caller, standing };
  };
}

export type Authenticate = ReturnType<typeof authenticator>;
