import { killedAt } from '#tests/helpers/faulty.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { standingOf } from '../accounts/standing.ts';
import { MAX_CHANGED_AT_ONCE } from '../offers/limits.ts';
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
  const count = MAX_CHANGED_AT_ONCE + 20;
  for (let n = 0; n < count; n += 1) await world.publish({ id: world.newId(), ownerId });
  await world.publish({ id: world.newId(), ownerId, state: 'closed' });
  await suspend({ username: 'target', reason: 'spam' }, OPERATOR);
  const { items } = await world.offers.ofOwner(ownerId, { limit: count + 1 });
  expect(items.filter(({ state }) => state === 'paused')).toHaveLength(count);
  expect(items.filter(({ state }) => state === 'open')).toEqual([]);
});

test.each(['sign_out', 'restore', 'grant', 'revoke'])('%s leaves offers as they are', async (act) => {
  const { world, callers, suspend, restore, signOut } = await aWorld();
  const username = 'target';
  if (act === 'restore') await suspend({ username, reason: 'spam' }, OPERATOR);
  if (act === 'revoke') await grantRole(world.ports)({ username, role: 'moderator' });
  const open = await world.publish({ ownerId: callers.target.accountId });
  if (act === 'sign_out') granted(await signOut({ username }, OPERATOR));
  if (act === 'restore') granted(await restore({ username }, OPERATOR));
  if (act === 'grant') granted(await grantRole(world.ports)({ username, role: 'admin' }));
  if (act === 'revoke') granted(await revokeRole(world.ports)({ username }));
  expect(await world.offers.get(open.id)).toEqual(open);
});

test('a suspension and its end have an event, and the other acts have none', async () => {
  const { world, callers, suspend, restore, signOut } = await aWorld();
  const { events } = world.books;
  const username = 'target';
  events.length = 0;
  await signOut({ username }, OPERATOR);
  await grantRole(world.ports)({ username, role: 'moderator' });
  await revokeRole(world.ports)({ username });
  expect(events).toEqual([]);
  await suspend({ username, reason: 'spam' }, OPERATOR);
  await restore({ username }, OPERATOR);
  const { accountId } = callers.target;
  const { version } = (await world.accounts.get(accountId))!;
  const common = { accountId, accountIds: [accountId], at: world.clock.now(), requestId: 'none' };
  expect(events).toEqual([
    { ...common, type: 'account_suspended', version: version - 1 },
    { ...common, type: 'account_restored', version },
  ]);
});

test('an act shows the role of the account and its suspension, with an end only if it has one', async () => {
  const { world, callers, suspend, restore } = await aWorld();
  const username = 'target';
  const account = { id: callers.target.accountId, username, role: 'member' };
  const at = world.clock.now();
  const until = asInstant(at + 1);
  expect(await suspend({ username, reason: 'spam', until }, OPERATOR)).toStrictEqual({
    ...account,
    suspended: { reason: 'spam', at, until },
  });
  expect(await suspend({ username, reason: 'a scam' }, OPERATOR)).toStrictEqual({
    ...account,
    suspended: { reason: 'a scam', at },
  });
  expect(await restore({ username }, OPERATOR)).toStrictEqual(account);
});

test('a new suspension replaces the one before, and is without an end unless it has its own', async () => {
  const { world, callers, suspend } = await aWorld();
  const until = asInstant(world.clock.now() + 1_000);
  await suspend({ username: 'target', reason: 'spam', until }, OPERATOR);
  await suspend({ username: 'target', reason: 'a scam' }, OPERATOR);
  world.pass(2_000);
  const { suspension } = (await world.accounts.get(callers.target.accountId))!;
  expect(suspension).toStrictEqual({ reason: 'a scam', at: until - 1_000 });
  expect(await world.getMe(callers.target)).toMatchObject({ suspended: { reason: 'a scam' } });
});

test('an act by an account that was deleted meanwhile fails, and writes nothing', async () => {
  const { world, callers, suspend, log } = await aWorld();
  world.accounts.close((await world.accounts.get(callers.admin.accountId))!);
  const before = await log();
  await expect(suspend({ username: 'target', reason: 'spam' }, callers.admin)).rejects.toThrow(
    'has a session, but is not there',
  );
  expect(await log()).toEqual(before);
  expect(await world.sessions.get(callers.target)).toBeDefined();
});

test('the list has accounts with a role or a suspension, until the suspension is over or the account is deleted', async () => {
  const { world, suspend, restore, listed } = await aWorld();
  const until = asInstant(world.clock.now() + 1_000);
  await suspend({ username: 'target', reason: 'spam', until }, OPERATOR);
  await suspend({ username: 'member', reason: 'a scam' }, OPERATOR);
  await suspend({ username: 'mod-a', reason: 'spam', until }, OPERATOR);
  const names = async () => (await listed()).map(({ username }) => username);
  expect(await names()).toEqual(['member', 'target', 'mod-a', 'mod-b', 'boss']);
  world.pass(1_000);
  expect(await names()).toEqual(['member', 'mod-a', 'mod-b', 'boss']);
  await restore({ username: 'member' }, OPERATOR);
  world.accounts.close((await world.accounts.byUsername('mod-b'))!);
  expect(await names()).toEqual(['mod-a', 'boss']);
});

test('the stored list keeps no account whose role or suspension was taken back', async () => {
  const { world, callers, suspend, restore } = await aWorld();
  const stored = async () => (await world.moderation.listed({ limit: 50 })).items;
  const before = await stored();
  expect(before).not.toContain(callers.target.accountId);
  await suspend({ username: 'target', reason: 'spam' }, OPERATOR);
  expect(await stored()).toContain(callers.target.accountId);
  await restore({ username: 'target' }, OPERATOR);
  await revokeRole(world.ports)({ username: 'mod-a' });
  expect(await stored()).toEqual(before.filter((id) => id !== callers.moderator.accountId));
});

test('pages of the list and of the audit log have everything once, and the last one names no next', async () => {
  const { world, listed, log, suspend } = await aWorld();
  for (const reason of ['one', 'two']) await suspend({ username: 'target', reason }, OPERATOR);
  expect(await inPages(listStandings(world.ports), 2)).toEqual(await listed());
  expect(await inPages(listAuditLog(world.ports), 2)).toEqual(await log());
});

test('an act on an account that changes at each try gives up with its name', async () => {
  const { world, signOut } = await aWorld();
  const moderation = { ...world.moderation, act: async () => 'changed_since' as const };
  const act = signOutAccount({ ...world.ports, moderation })({ username: 'target' }, OPERATOR);
  await expect(act).rejects.toThrow('account target changed');
  granted(await signOut({ username: 'target' }, OPERATOR));
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
  await signOut({ username: 'target', reason: 'a stolen phone' }, callers.admin);
  await revokeRole(world.ports)({ username: 'mod-b' });
  const at = world.clock.now();
  expect((await log()).slice(0, 6)).toStrictEqual([
    { id: expect.any(String), at, by: 'operator', role: 'operator', act: 'revoke', username: 'mod-b' },
    {
      id: expect.any(String),
      at,
      by: 'boss',
      role: 'admin',
      act: 'sign_out',
      username: 'target',
      reason: 'a stolen phone',
    },
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
