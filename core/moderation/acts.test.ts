import { killedAt } from '#tests/helpers/faulty.ts';
import { HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { standingOf } from '../accounts/standing.ts';
import { asInstant } from '../time.ts';
import { OPERATOR } from './actors.ts';
import { grantRole } from './grant-role.ts';
import { listAuditLog } from './list-audit-log.ts';
import { listStandings } from './list-standings.ts';
import { restoreAccount } from './restore-account.ts';
import { revokeRole } from './revoke-role.ts';
import { signOutAccount } from './sign-out-account.ts';
import { suspendAccount } from './suspend-account.ts';

/** People with each role, and the acts. */
async function aWorld() {
  const world = testWorld();
  const callers = {
    member: world.callerOf(await world.register('member')),
    target: world.callerOf(await world.register('target')),
    moderator: world.callerOf(await world.register('mod-a')),
    colleague: world.callerOf(await world.register('mod-b')),
    admin: world.callerOf(await world.register('boss')),
  };
  const grant = grantRole(world.ports);
  await grant({ username: 'mod-a', role: 'moderator' });
  await grant({ username: 'mod-b', role: 'moderator' });
  await grant({ username: 'boss', role: 'admin' });
  const page = { limit: 50 };
  return {
    world,
    callers,
    suspend: suspendAccount(world.ports),
    restore: restoreAccount(world.ports),
    signOut: signOutAccount(world.ports),
    log: async () => (await listAuditLog(world.ports)({ page })).items,
    listed: async () => (await listStandings(world.ports)({ page })).items,
  };
}

test.each([
  ['operator', 'target', 'done'],
  ['operator', 'boss', 'done'],
  ['admin', 'target', 'done'],
  ['admin', 'mod-a', 'done'],
  ['admin', 'boss', 'not_allowed'],
  ['moderator', 'target', 'done'],
  ['moderator', 'mod-b', 'not_allowed'],
  ['moderator', 'boss', 'not_allowed'],
  ['moderator', 'mod-a', 'not_allowed'],
  ['member', 'target', 'not_allowed'],
  ['member', 'member', 'not_allowed'],
] as const)('%s suspends %s: %s', async (by, username, expected) => {
  const { callers, suspend, restore, signOut } = await aWorld();
  const actor = by === 'operator' ? OPERATOR : callers[by];
  const outcome = (result: object) => ('refused' in result ? result.refused : 'done');
  expect(outcome(await suspend({ username, reason: 'spam' }, actor))).toBe(expected);
  expect(outcome(await restore({ username }, actor))).toBe(expected);
  expect(outcome(await signOut({ username }, actor))).toBe(expected);
});

test('an act on an unknown account is not found, and writes no entry', async () => {
  const { suspend, log } = await aWorld();
  const before = (await log()).length;
  expect(await suspend({ username: 'nobody', reason: 'spam' }, OPERATOR)).toEqual({ refused: 'not_found' });
  expect(await log()).toHaveLength(before);
});

test('a suspension ends all sessions, and the next one has it until it is over', async () => {
  const { world, callers, suspend } = await aWorld();
  const until = asInstant(world.clock.now() + 60_000);
  await suspend({ username: 'target', reason: 'spam', until }, OPERATOR);
  expect(await world.sessions.get(callers.target)).toBeUndefined();
  const signedIn = await world.logIn({ login: 'target', password: PASSWORD }, HOME);
  const caller = world.callerOf(signedIn as Parameters<typeof world.callerOf>[0]);
  expect((await world.sessions.get(caller))?.standing).toEqual({ role: 'member', suspended: { until } });
  expect(await world.getMe(caller)).toMatchObject({
    role: 'member',
    suspended: { reason: 'spam', until, appealed: false },
  });
  world.pass(60_000);
  expect(await world.getMe(caller)).not.toHaveProperty('suspended');
});

test('a suspension pauses all open offers, also more than one call changes', async () => {
  const { world, callers, suspend } = await aWorld();
  const ownerId = callers.target.accountId;
  for (let count = 0; count < 120; count += 1)
    await world.publish({ id: world.newId(), ownerId, state: count % 3 === 0 ? 'closed' : 'open' });
  await suspend({ username: 'target', reason: 'spam' }, OPERATOR);
  const { items } = await world.offers.ofOwner(ownerId, { limit: 200 });
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['paused', 'closed']));
});

test('a suspension that dies after its transaction is finished by the same act', async () => {
  const { world, callers, suspend } = await aWorld();
  await world.publish({ ownerId: callers.target.accountId });
  const ports = killedAt(world.ports, ['sessions'], { call: 'sessions.ofAccount', when: 'before' });
  await expect(suspendAccount(ports)({ username: 'target', reason: 'spam' }, OPERATOR)).rejects.toThrow();
  expect(standingOf((await world.accounts.get(callers.target.accountId))!)).toEqual({
    role: 'member',
    suspended: {},
  });
  await suspend({ username: 'target', reason: 'spam' }, OPERATOR);
  expect(await world.sessions.get(callers.target)).toBeUndefined();
});

test('refuses a suspension that is over already, and the end of one that is not there', async () => {
  const { world, suspend, restore } = await aWorld();
  const until = world.clock.now();
  expect(await suspend({ username: 'target', reason: 'spam', until }, OPERATOR)).toMatchObject({
    refused: 'invalid_request',
    errors: [{ path: 'until', message: 'must be in the future' }],
  });
  expect(await restore({ username: 'target' }, OPERATOR)).toEqual({
    refused: 'out_of_order',
    state: 'not_suspended',
  });
});

test('a granted role is there after the next sign-in, and a revoked one is gone at once', async () => {
  const { world, callers, listed } = await aWorld();
  expect(await world.sessions.get(callers.moderator)).toBeUndefined();
  const signIn = async () =>
    world.callerOf(
      (await world.logIn({ login: 'mod-a', password: PASSWORD }, HOME)) as Parameters<
        typeof world.callerOf
      >[0],
    );
  const caller = await signIn();
  expect((await world.sessions.get(caller))?.standing).toEqual({ role: 'moderator' });
  expect((await listed()).map(({ username }) => username)).toEqual(['mod-a', 'mod-b', 'boss']);
  const revoke = revokeRole(world.ports);
  expect(await revoke({ username: 'mod-a' })).toMatchObject({ role: 'member' });
  expect(await world.sessions.get(caller)).toBeUndefined();
  expect(await revoke({ username: 'mod-a' })).toEqual({ refused: 'out_of_order', state: 'member' });
  expect((await listed()).map(({ username }) => username)).toEqual(['mod-b', 'boss']);
});

test('the audit log names each act, its author and its reason, newest first', async () => {
  const { world, callers, suspend, restore, signOut, log } = await aWorld();
  const until = asInstant(world.clock.now() + 1_000);
  await suspend({ username: 'target', reason: 'spam', until }, callers.admin);
  await restore({ username: 'target', reason: 'a mistake' }, OPERATOR);
  await signOut({ username: 'target' }, callers.admin);
  const at = world.clock.now();
  expect((await log()).slice(0, 4)).toEqual([
    { id: expect.any(String), at, by: 'boss', role: 'admin', act: 'sign_out', username: 'target' },
    {
      id: expect.any(String),
      at,
      by: 'operator',
      role: 'operator',
      act: 'restore',
      username: 'target',
      reason: 'a mistake',
    },
    {
      id: expect.any(String),
      at,
      by: 'boss',
      role: 'admin',
      act: 'suspend',
      username: 'target',
      reason: 'spam',
      until,
    },
    {
      id: expect.any(String),
      at,
      by: 'operator',
      role: 'operator',
      act: 'grant',
      username: 'boss',
      changedRole: 'admin',
    },
  ]);
});

test('two suspensions at once are both recorded', async () => {
  const { world, suspend, log } = await aWorld();
  world.between('accounts', 'byUsername', () => suspend({ username: 'target', reason: 'second' }, OPERATOR));
  await suspend({ username: 'target', reason: 'first' }, OPERATOR);
  expect((await log()).slice(0, 2).map(({ reason }) => reason)).toEqual(['first', 'second']);
});
