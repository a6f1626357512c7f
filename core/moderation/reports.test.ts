import { BUYER, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import type { SignIn } from '../accounts/sign-in.ts';
import type { OfferId } from '../ids.ts';
import { asInstant } from '../time.ts';
import { OPERATOR } from './actors.ts';
import { appealSuspension } from './appeal-suspension.ts';
import { claimReport } from './claim-report.ts';
import { closeReport } from './close-report.ts';
import { createReport } from './create-report.ts';
import { grantRole } from './grant-role.ts';
import { MAX_OPEN_REPORTS } from './limits.ts';
import { listAuditLog } from './list-audit-log.ts';
import { listMyReports } from './list-my-reports.ts';
import { listReports } from './list-reports.ts';
import { DECISIONS, DECISIONS_OF } from './states.ts';
import { suspendAccount } from './suspend-account.ts';

const page = { limit: 50 };

/** A reporter, the owner of an offer, two moderators and an admin. */
async function aWorld() {
  const world = testWorld();
  const { ports } = world;
  const signIn = async (username: string) =>
    world.callerOf((await world.logIn({ login: username, password: PASSWORD }, HOME)) as SignIn);
  const reporter = world.callerOf(await world.register('reporter'));
  const owner = world.callerOf(await world.register('owner'));
  for (const username of ['mod-a', 'mod-b', 'boss']) await world.register(username);
  for (const username of ['mod-a', 'mod-b']) await grantRole(ports)({ username, role: 'moderator' });
  await grantRole(ports)({ username: 'boss', role: 'admin' });
  const staff = { a: await signIn('mod-a'), b: await signIn('mod-b'), boss: await signIn('boss') };
  const offer = await world.publish({ ownerId: owner.accountId });
  const report = createReport(ports);
  const claim = claimReport(ports);
  const close = closeReport(ports);
  /** A report that moderator A has claimed. @returns its id */
  const claimed = async (kind: 'offer' | 'person') => {
    const made = await report({ kind, id: kind === 'offer' ? offer.id : 'owner', reason: 'scam' }, reporter);
    if ('refused' in made) throw new Error(made.refused);
    await claim({ reportId: made.id }, staff.a);
    return made.id;
  };
  const queue = async (state?: 'open' | 'closed') =>
    (await listReports(ports)({ ...(state && { state }), page })).items;
  const mine = async () => (await listMyReports(ports)({ page }, reporter)).items;
  const log = async () => (await listAuditLog(ports)({ page })).items;
  return { world, reporter, owner, staff, offer, report, claim, close, claimed, queue, mine, log, signIn };
}

test('a report is in the queue until it is closed, and its reporter hears the decision', async () => {
  const { world, staff, claimed, close, queue, mine } = await aWorld();
  const reportId = await claimed('offer');
  expect(await queue()).toMatchObject([
    {
      id: reportId,
      kind: 'offer',
      username: 'owner',
      reporter: 'reporter',
      state: 'claimed',
      claimedBy: 'mod-a',
    },
  ]);
  await close({ reportId, decision: 'dismiss', note: 'no fault found' }, staff.a);
  expect(await queue()).toEqual([]);
  expect(await queue('closed')).toMatchObject([{ id: reportId, state: 'closed', note: 'no fault found' }]);
  const [shown] = await mine();
  expect(shown).toMatchObject({ decision: 'dismiss', closedAt: world.clock.now() });
  for (const field of ['note', 'claimedBy', 'reporter']) expect(shown).not.toHaveProperty(field);
  expect(world.books.events.at(-1)).toMatchObject({ type: 'report_closed', reportId });
});

test('hides a reported offer by closing it', async () => {
  const { world, staff, offer, claimed, close, log } = await aWorld();
  await close({ reportId: await claimed('offer'), decision: 'hide', note: 'a scam' }, staff.a);
  expect(await world.offers.get(offer.id)).toMatchObject({ state: 'closed' });
  expect((await log())[0]).toMatchObject({ by: 'mod-a', act: 'hide', username: 'owner', offerId: offer.id });
});

test('hides the display name of a reported person', async () => {
  const { world, staff, owner, claimed, close } = await aWorld();
  await world.updateMe({ displayName: 'Rude Words' }, owner);
  await close({ reportId: await claimed('person'), decision: 'hide', note: 'rude' }, staff.a);
  expect(await world.getMe(owner)).not.toHaveProperty('displayName');
  const people = await world.people.getMany([owner.accountId]);
  expect(people.get(owner.accountId)).toEqual({ username: 'owner', tradesCompleted: 0 });
});

test('a warning is shown to the person with its reason', async () => {
  const { world, staff, owner, claimed, close } = await aWorld();
  await close({ reportId: await claimed('person'), decision: 'warn', note: 'be polite' }, staff.a);
  expect(await world.getMe(owner)).toMatchObject({
    warning: { reason: 'be polite', at: world.clock.now() },
  });
  expect(world.books.events.map(({ type }) => type)).toContain('account_warned');
});

test('suspends a reported person: sessions end and offers are paused', async () => {
  const { world, staff, owner, offer, claimed, close, signIn } = await aWorld();
  const until = asInstant(world.clock.now() + 1_000);
  await close({ reportId: await claimed('person'), decision: 'suspend', note: 'a scam', until }, staff.a);
  expect(await world.sessions.get(owner)).toBeUndefined();
  expect(await world.offers.get(offer.id)).toMatchObject({ state: 'paused' });
  expect(await world.getMe(await signIn('owner'))).toMatchObject({
    suspended: { reason: 'a scam', until },
  });
});

test('an appeal is possible once, and can be granted', async () => {
  const { world, staff, claim, close, queue, signIn } = await aWorld();
  const appeal = appealSuspension(world.ports);
  await suspendAccount(world.ports)({ username: 'owner', reason: 'a scam' }, OPERATOR);
  const owner = await signIn('owner');
  const made = await appeal({ text: 'It was a mistake.' }, owner);
  expect(made).toMatchObject({ kind: 'appeal', state: 'open', text: 'It was a mistake.' });
  expect(await world.getMe(owner)).toMatchObject({ suspended: { appealed: true } });
  expect(await appeal({ text: 'Again' }, owner)).toEqual({ refused: 'out_of_order', state: 'appealed' });
  const [queued] = await queue();
  await claim({ reportId: queued!.id }, staff.b);
  await close({ reportId: queued!.id, decision: 'restore', note: 'a mistake' }, staff.b);
  const again = await signIn('owner');
  expect(await world.getMe(again)).not.toHaveProperty('suspended');
  expect(await appeal({ text: 'Why?' }, again)).toEqual({ refused: 'out_of_order', state: 'not_suspended' });
});

test.each([
  ['offer', ['dismiss', 'warn', 'hide', 'suspend']],
  ['person', ['dismiss', 'warn', 'hide', 'suspend']],
] as const)('a report of an %s takes its own decisions only', async (kind, expected) => {
  expect(DECISIONS_OF[kind]).toEqual(expected);
  const { staff, claimed, close } = await aWorld();
  const reportId = await claimed(kind);
  const other = DECISIONS.find((one) => !DECISIONS_OF[kind].includes(one))!;
  expect(await close({ reportId, decision: other, note: 'x' }, staff.a)).toMatchObject({
    refused: 'invalid_request',
    errors: [{ path: 'decision', message: expect.stringContaining('dismiss') }],
  });
});

test('one moderator works on a report, an admin may take it over, and nobody decides unclaimed', async () => {
  const { staff, claimed, claim, close, report, reporter } = await aWorld();
  const reportId = await claimed('offer');
  expect(await claim({ reportId }, staff.a)).toMatchObject({ claimedBy: 'mod-a' });
  expect(await claim({ reportId }, staff.b)).toEqual({ refused: 'out_of_order', state: 'claimed' });
  expect(await close({ reportId, decision: 'dismiss', note: 'x' }, staff.b)).toEqual({
    refused: 'out_of_order',
    state: 'claimed',
  });
  expect(await claim({ reportId }, staff.boss)).toMatchObject({ claimedBy: 'boss' });
  expect(await close({ reportId, decision: 'dismiss', note: 'x' }, staff.boss)).toMatchObject({
    state: 'closed',
  });
  expect(await claim({ reportId }, staff.boss)).toEqual({ refused: 'out_of_order', state: 'closed' });
  const unclaimed = await report({ kind: 'person', id: 'owner', reason: 'abuse' }, reporter);
  expect(
    await close(
      { reportId: (unclaimed as { id: typeof reportId }).id, decision: 'dismiss', note: 'x' },
      staff.a,
    ),
  ).toEqual({ refused: 'out_of_order', state: 'open' });
});

test('a moderator decides neither on himself nor on another moderator', async () => {
  const { staff, claim, report, reporter } = await aWorld();
  for (const [username, moderator] of [
    ['mod-a', staff.a],
    ['mod-b', staff.a],
    ['boss', staff.a],
  ] as const) {
    const made = await report({ kind: 'person', id: username, reason: 'abuse' }, reporter);
    if ('refused' in made) throw new Error(made.refused);
    expect(await claim({ reportId: made.id }, moderator)).toEqual({ refused: 'not_allowed' });
  }
});

test('two moderators claim a report at once: one gets it', async () => {
  const { world, staff, claim, report, reporter } = await aWorld();
  const made = await report({ kind: 'person', id: 'owner', reason: 'abuse' }, reporter);
  if ('refused' in made) throw new Error(made.refused);
  world.between('moderation', 'report', () => claim({ reportId: made.id }, staff.b));
  expect(await claim({ reportId: made.id }, staff.a)).toEqual({ refused: 'out_of_order', state: 'claimed' });
});

test("refuses reports of one's own offer and person, of unknown ones, and too many", async () => {
  const { offer, report, owner, reporter, staff, close, claimed } = await aWorld();
  expect(await report({ kind: 'offer', id: offer.id, reason: 'scam' }, owner)).toMatchObject({
    refused: 'not_allowed',
  });
  expect(await report({ kind: 'person', id: 'OWNER', reason: 'scam' }, owner)).toMatchObject({
    refused: 'not_allowed',
  });
  expect(await report({ kind: 'offer', id: 'none' as OfferId, reason: 'scam' }, reporter)).toEqual({
    refused: 'not_found',
  });
  expect(await report({ kind: 'person', id: 'nobody', reason: 'scam' }, BUYER)).toEqual({
    refused: 'not_found',
  });
  const reportId = await claimed('offer');
  const another = () => report({ kind: 'person', id: 'owner', reason: 'spam' }, reporter);
  for (let made = 1; made < MAX_OPEN_REPORTS; made += 1)
    expect(await another()).toMatchObject({ state: 'open' });
  expect(await another()).toEqual({ refused: 'too_many_open' });
  await close({ reportId, decision: 'dismiss', note: 'x' }, staff.a);
  expect(await another()).toMatchObject({ state: 'open' });
});
