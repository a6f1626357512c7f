import { exportJWK, generateKeyPair } from 'jose';
import type { Caller } from '#core/caller.ts';
import { asInstant, DAY_MS, type Instant, later, MINUTE_MS } from '#core/time.ts';
import { systemClock } from '../system/clock.ts';
import { accessTokens } from './access-tokens.ts';

const caller = { accountId: 'account', sessionId: 'session' } as Caller;

/** Tokens with a clock that the test moves. It starts a year ahead of the machine's clock. */
async function aWorld() {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const [publicKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  let now: Instant = later(systemClock.now(), 365 * DAY_MS);
  const pass = (ms: number) => {
    now = asInstant(now + ms);
  };
  const tokens = accessTokens({ publicKey, privateKey }, { now: () => now });
  return { tokens, pass, sign: () => tokens.sign(caller, 'id', now), now: () => now };
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
