import * as contract from '#contract/auth.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import type { Account } from './accounts.ts';
import { getMe } from './get-me.ts';

/** An account whose stored row has a field that the contract does not name. */
async function anAccountWithAnExtraField() {
  const world = testWorld();
  const caller = world.callerOf(await world.register('Ann'));
  const withExtraField = (account: Account | undefined) => account && { ...account, internalNote: 'secret' };
  const { accounts } = world.ports;
  const get: typeof accounts.get = async (id) => withExtraField(await accounts.get(id));
  return { world, caller, ports: { ...world.ports, accounts: { ...accounts, get } } };
}

test('an account on the wire has the fields of the contract, without its hash or another stored field', async () => {
  const { world, caller, ports } = await anAccountWithAnExtraField();
  const account = {
    id: caller.accountId,
    username: 'Ann',
    language: 'en',
    role: 'member',
    emailConfirmed: false,
    totpEnabled: false,
    passkeys: 0,
    unreadNotices: 0,
    createdAt: new Date(world.clock.now()).toISOString(),
  };
  expect(onTheWire(contract.getMe, await getMe(ports)({}, caller))).toEqual(account);
  const signIn = granted(await world.logIn({ login: 'ann', password: PASSWORD }, HOME));
  if (!('signedIn' in signIn)) throw new Error('not signed in');
  expect(onTheWire(contract.logIn, signIn.signedIn)).toEqual({
    status: 'signed_in',
    account: { ...account, unreadNotices: 1 },
    accessToken: expect.any(String),
    accessTokenExpiresAt: new Date(world.clock.now() + 15 * 60_000).toISOString(),
  });
});
