import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Caller } from '#core/caller.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { asInstant, type Clock, type Instant, MINUTE_MS } from '#core/time.ts';

/** Lifetime of an access token. It is short, because only the end of its session revokes it. */
const ACCESS_TOKEN_LIFE_MS = 15 * MINUTE_MS;

const ISSUER = 'pupero';
const AUDIENCE = 'pupero-api';
const ALGORITHM = 'EdDSA';

export interface AccessTokens {
  /** Signs a token for a caller. Only the auth function holds the private key. */
  sign(
    caller: Caller,
    id: string,
    now: Instant,
  ): Promise<{ accessToken: string; accessTokenExpiresAt: Instant }>;
  /** The caller of a valid token; `undefined` for a forged, malformed or expired one. */
  verify(token: string): Promise<Caller | undefined>;
}

type Keys = {
  publicKey: JWK;
  /** Absent in functions that only verify. */
  privateKey?: JWK;
};

/** EdDSA JSON Web Tokens (RFC 8037). Expiry is checked by `clock`. */
export function accessTokens({ publicKey, privateKey }: Keys, clock: Clock): AccessTokens {
  const verifyingKey = importJWK(publicKey, ALGORITHM);
  const signingKey = privateKey && importJWK(privateKey, ALGORITHM);
  return {
    async sign(caller, id, now) {
      if (!signingKey) throw new Error('this function has no key to sign access tokens with');
      const expiresAt = asInstant(now + ACCESS_TOKEN_LIFE_MS);
      const accessToken = await new SignJWT({ sid: caller.sessionId })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(caller.accountId)
        .setIssuedAt(new Date(now))
        .setExpirationTime(new Date(expiresAt))
        .setJti(id)
        .sign(await signingKey);
      return { accessToken, accessTokenExpiresAt: expiresAt };
    },
    async verify(token) {
      const key = await verifyingKey;
      const options = {
        issuer: ISSUER,
        audience: AUDIENCE,
        algorithms: [ALGORITHM],
        requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
        currentDate: new Date(clock.now()),
      };
      const verified = await jwtVerify(token, key, options).catch(() => undefined);
      if (!verified) return undefined;
      const { sub, sid } = verified.payload;
      return { accountId: sub as AccountId, sessionId: sid as SessionId };
    },
  };
}
