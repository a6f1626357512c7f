import { MEMBER } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import { authenticator } from './authenticate.ts';

const caller = { accountId: 'me', sessionId: 's' } as Caller;
const authenticate = authenticator(
  { verify: async (token) => (token === 'good' ? caller : undefined) },
  { standingOf: async () => MEMBER },
);

test('the challenge names an invalid token, but not a missing one', async () => {
  expect(await authenticate('Bearer good')).toEqual({ caller, standing: MEMBER });
  const challenge = (authorization?: string) =>
    authenticate(authorization).catch(({ headers }) => headers['www-authenticate']);
  expect(await challenge()).toBeUndefined();
  for (const wrong of ['Bearer old', 'Basic abc', 'Bearer'])
    expect(await challenge(wrong)).toBe('Bearer realm="pupero", error="invalid_token"');
});
