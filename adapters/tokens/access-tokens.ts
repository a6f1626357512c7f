import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  errors,
  importJWK,
  type JWTVerifyResult,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Caller } from '#core/caller.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { asInstant, type Clock, type Instant, MINUTE_MS } from '#core/time.ts';
import { Unavailable } from '#core/unavailable.ts';
import type { Ed25519Jwk, PublicKey } from '../secrets/formats.ts';
import type { Reread } from '../secrets/reread.ts';

/** Lifetime of an access token. It is short, because only the end of its session revokes it. */
const ACCESS_TOKEN_LIFE_MS = 15 * MINUTE_MS;

const ISSUER = 'pupero';
const AUDIENCE = 'pupero-api';
const ALGORITHM = 'EdDSA' as const;

export interface AccessTokens {
  /** Signs a token for a caller. Only the auth function holds the private key. */
  sign(
    caller: Caller,
    id: string,
    now: Instant,
  ): Promise<{ accessToken: string; accessTokenExpiresAt: Instant }>;
  /**
   * The caller of a valid token; `undefined` for a forged, malformed or expired one.
   * @throws Unavailable if its key is unknown and the keys cannot be read
   */
  verify(token: string): Promise<Caller | undefined>;
}

type Keys = {
  /** Every key whose tokens are accepted. */
  publicKeys: Reread<PublicKey[]>;
  /** Absent in functions that only verify. */
  privateKey?: Reread<Ed25519Jwk>;
};

/** A signer that cannot read its key again stops after this time, because its key may have been replaced. */
const OLDEST_SIGNING_KEY_MS = 5 * MINUTE_MS;

/**
 * How long tokens of a replaced key are accepted: the time for which others may still sign, plus a token's lifetime.
 */
export const REPLACED_KEY_ACCEPTED_MS = OLDEST_SIGNING_KEY_MS + ACCESS_TOKEN_LIFE_MS;

/** EdDSA JSON Web Tokens (RFC 8037), with the thumbprint of their key as `kid`. Expiry is checked by `clock`. */
export function accessTokens({ publicKeys, privateKey }: Keys, clock: Clock): AccessTokens {
  /** An unknown key id makes it read the keys again, because a new key may sign. */
  const verified = async (token: string): Promise<JWTVerifyResult | undefined> => {
    try {
      return await verifiedBy(await publicKeys.current(), token, clock.now());
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey)
        return verifiedBy(await newest(publicKeys), token, clock.now()).catch(() => undefined);
      return undefined;
    }
  };
  return {
    async sign(caller, id, now) {
      if (!privateKey) throw new Error('this function has no key to sign access tokens with');
      const key = await privateKey.current(OLDEST_SIGNING_KEY_MS).catch(unreadable);
      const expiresAt = asInstant(now + ACCESS_TOKEN_LIFE_MS);
      const accessToken = await new SignJWT({ sid: caller.sessionId })
        .setProtectedHeader({ alg: ALGORITHM, kid: await keyIdOf(key) })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(caller.accountId)
        .setIssuedAt(new Date(now))
        .setExpirationTime(new Date(expiresAt))
        .setJti(id)
        .sign(await importJWK(key, ALGORITHM));
      return { accessToken, accessTokenExpiresAt: expiresAt };
    },
    async verify(token) {
      const { sub, sid } = (await verified(token))?.payload ?? {};
      return sub === undefined ? undefined : { accountId: sub as AccountId, sessionId: sid as SessionId };
    },
  };
}

/** Tokens from before key ids have no `kid`. They are accepted while there is only one key. */
async function verifiedBy(keys: PublicKey[], token: string, now: Instant): Promise<JWTVerifyResult> {
  return jwtVerify(token, createLocalJWKSet(await jwksOf(keys, now)), {
    issuer: ISSUER,
    audience: AUDIENCE,
    algorithms: [ALGORITHM],
    requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
    currentDate: new Date(now),
  });
}

const newest = (keys: Reread<PublicKey[]>) => keys.newest().catch(unreadable);

function unreadable(cause: Error): never {
  throw new Unavailable('secrets', 'the keys of access tokens cannot be read', { cause });
}

/** The id of a key: its thumbprint (RFC 7638). */
export const keyIdOf = ({ kty, crv, x }: Ed25519Jwk): Promise<string> =>
  calculateJwkThumbprint({ kty, crv, x });

/** The keys whose tokens are accepted now, as others may read them (RFC 7517). */
export async function jwksOf(keys: PublicKey[], now: Instant) {
  const accepted = keys.filter(({ acceptedUntil }) => !acceptedUntil || Date.parse(acceptedUntil) > now);
  return { keys: await Promise.all(accepted.map(published)) };
}

async function published(key: PublicKey) {
  const { kty, x } = key;
  return { kty, crv: 'Ed25519' as const, x, kid: await keyIdOf(key), alg: ALGORITHM, use: 'sig' as const };
}
