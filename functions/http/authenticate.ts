import type { AccessTokens } from '#adapters/tokens/access-tokens.ts';
import type { Caller } from '#core/caller.ts';
import { BEARER_CHALLENGE, Refused } from './refused.ts';

/** Tells whether the caller's session has neither ended nor expired. */
export interface LiveSessions {
  isLive(caller: Caller): Promise<boolean>;
}

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
  return async (authorization: string | undefined): Promise<Caller> => {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
    const caller = token && (await tokens.verify(token));
    if (!caller || !(await sessions.isLive(caller))) throw notSignedIn(authorization);
    return caller;
  };
}

export type Authenticate = ReturnType<typeof authenticator>;
