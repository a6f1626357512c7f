import { createSecretKey } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Caller } from '#core/caller.ts';
import { asInstant, DAY_MS, type Instant, later, MINUTE_MS } from '#core/time.ts';
import type { Ed25519Jwk } from '../secrets/formats.ts';
import { reread } from '../secrets/reread.ts';
import { systemClock } from '../system/clock.ts';
import { accessTokens, jwksOf, keyIdOf } from './access-tokens.ts';

const caller = { accountId: 'account', sessionId: 'session' } as Caller;

/** Tokens with a clock that the test moves. It starts a year ahead of the machine's clock. */
async function aWorld() {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const [publicKey, privateKey] = (await Promise.all([
    exportJWK(pair.publicKey),
    exportJWK(pair.privateKey),
  ])) as [Ed25519Jwk, Ed25519Jwk];
  let now: Instant = later(systemClock.now(), 365 * DAY_MS);
  const pass = (ms: number) => {
    now = asInstant(now + ms);
  };
  const clock = { now: () => now };
  let reads = 0;
  let keys = [publicKey];
  const read = async () => {
    reads += 1;
    return keys;
  };
  const signer = reread(privateKey, async () => privateKey, clock);
  const tokens = accessTokens({ publicKeys: reread(keys, read, clock), privateKey: signer }, clock);
  /** A token with the claims of a valid one, changed by `head` and `claims`. By default the valid key signs it. */
  const forged = (head: object, claims: object = {}, key: Parameters<SignJWT['sign']>[0] = pair.privateKey) =>
    new SignJWT({ sid: 'session', aud: 'pupero-api', iss: 'pupero', sub: 'account', jti: 'id', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', ...head })
      .setIssuedAt(new Date(now))
      .setExpirationTime(new Date(later(now, MINUTE_MS)))
      .sign(key);
  return {
    tokens,
    pass,
    sign: () => tokens.sign(caller, 'id', now),
    now: () => now,
    publicKey,
    forged,
    setKeys: (next: Ed25519Jwk[]) => {
      keys = next;
    },
    reads: () => reads,
  };
}

test('a token is valid for 15 minutes of the given clock, whatever the time of the machine', async () => {
  const { tokens, pass, sign, now } = await aWorld();
  const { accessToken, accessTokenExpiresAt } = await sign();
  expect(accessTokenExpiresAt).toBe(later(now(), 15 * MINUTE_MS));
  pass(14 * MINUTE_MS);
  expect(await tokens.verify(accessToken)).toEqual(caller);
  pass(1 * MINUTE_MS);
  expect(await tokens.verify(accessToken)).toBeUndefined();
  pass(-400 * DAY_MS);
  expect(await tokens.verify(accessToken)).toEqual(caller);
});

test('a token of another key is refused', async () => {
  const [{ tokens }, other] = await Promise.all([aWorld(), aWorld()]);
  const { accessToken } = await other.sign();
  expect(await tokens.verify(accessToken)).toBeUndefined();
});

test('a token has these claims and no others', async () => {
  const { sign, now } = await aWorld();
  const { accessToken } = await sign();
  expect(JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString())).toEqual({
    iss: 'pupero',
    aud: 'pupero-api',
    sub: 'account',
    sid: 'session',
    jti: 'id',
    iat: Math.floor(now() / 1_000),
    exp: Math.floor(now() / 1_000) + 900,
  });
});

test('a token names its key by its thumbprint (RFC 7638)', async () => {
  const { sign, publicKey } = await aWorld();
  const { accessToken } = await sign();
  const head = JSON.parse(Buffer.from(accessToken.split('.')[0]!, 'base64url').toString());
  expect(head).toEqual({ alg: 'EdDSA', kid: await keyIdOf(publicKey) });
  // The example of RFC 8037, appendix A.3.
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
  expect(await keyIdOf({ kty: 'OKP', crv: 'Ed25519', x })).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  );
});

test('a token from before key ids is accepted while there is one key, and not after a rotation', async () => {
  const { tokens, forged, publicKey, setKeys, pass } = await aWorld();
  const other = await aWorld();
  const old = await forged({});
  expect(await tokens.verify(old)).toEqual(caller);
  setKeys([publicKey, other.publicKey]);
  pass(30_000);
  expect(await tokens.verify(old)).toBeUndefined();
});

test('an unknown key id makes it read the keys again, at most every 5 s', async () => {
  const { tokens, setKeys, publicKey, pass, reads } = await aWorld();
  const other = await aWorld();
  const { accessToken } = await other.sign();
  pass(5_000);
  await Promise.all(Array.from({ length: 100 }, () => tokens.verify(accessToken)));
  expect(reads()).toBe(1);
  setKeys([publicKey, other.publicKey]);
  expect(await tokens.verify(accessToken)).toBeUndefined();
  pass(5_000);
  expect(await tokens.verify(accessToken)).toEqual(caller);
  expect(reads()).toBe(2);
});

test('refuses alg=none', async () => {
  const { tokens, sign } = await aWorld();
  const [head, claims, signature] = (await sign()).accessToken.split('.');
  const none = (alg: string) =>
    Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(head!, 'base64url').toString()), alg })).toString(
      'base64url',
    );
  for (const alg of ['none', 'None', 'NONE', ''])
    for (const end of ['', signature])
      expect(await tokens.verify(`${none(alg)}.${claims}.${end}`)).toBeUndefined();
});

test('refuses HS256 with the public key as its secret', async () => {
  const { tokens, forged, publicKey } = await aWorld();
  const kid = await keyIdOf(publicKey);
  const secrets = [publicKey.x, JSON.stringify(publicKey), JSON.stringify({ keys: [publicKey] })].map(
    (text) => Buffer.from(text),
  );
  for (const secret of [...secrets, Buffer.from(publicKey.x, 'base64url')])
    for (const head of [{ kid }, {}])
      expect(
        await tokens.verify(await forged({ alg: 'HS256', ...head }, {}, createSecretKey(secret))),
      ).toBeUndefined();
});

test.each([
  ['another audience', { aud: 'pupero-reset' }],
  ['another issuer', { iss: 'evil' }],
  ['no session', { sid: undefined }],
  ['no account', { sub: undefined }],
  ['no id', { jti: undefined }],
])('refuses a token with %s that the right key signed', async (_, claims) => {
  const { tokens, forged, publicKey } = await aWorld();
  const kid = await keyIdOf(publicKey);
  expect(await tokens.verify(await forged({ kid }))).toEqual(caller);
  expect(await tokens.verify(await forged({ kid }, claims))).toBeUndefined();
});

test('refuses a key that the token itself brings, by value or by address', async () => {
  const { tokens, publicKey, forged } = await aWorld();
  const own = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(own.publicKey);
  const kid = await keyIdOf(publicKey);
  for (const head of [{ jwk }, { jwk, kid }, { jku: 'https://evil.example/jwks.json', kid }])
    expect(await tokens.verify(await forged(head, {}, own.privateKey))).toBeUndefined();
});

test('publishes the public half of accepted keys only', async () => {
  const { publicKey, now } = await aWorld();
  const [expired, accepted] = [await aWorld(), await aWorld()];
  const at = (ms: number) => new Date(later(now(), ms)).toISOString();
  const stored = [
    { ...expired.publicKey, acceptedUntil: at(0) },
    { ...accepted.publicKey, acceptedUntil: at(1) },
    { ...publicKey, d: 'never shown' },
  ];
  const { keys } = await jwksOf(stored, now());
  expect(keys.map(({ x }) => x)).toEqual([accepted.publicKey.x, publicKey.x]);
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});
