import { rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { BUYER, granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import type { SignIn } from '../accounts/sign-in.ts';
import type { Caller } from '../caller.ts';
import type { AccountId, OfferId, ReportId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { newMessageId } from '../talk/messages.ts';
import { asInstant, DAY_MS, later } from '../time.ts';
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
import type { Report } from './reports.ts';
import { revokeRole } from './revoke-role.ts';
import { DECISIONS, DECISIONS_OF } from './states.ts';
import { suspendAccount } from './suspend-account.ts';
import { peopleOf } from './views.ts';

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
  const report = (input: Parameters<ReturnType<typeof createReport>>[0], caller: Caller) =>
    createReport(ports)(input, caller, { role: 'member' });
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
  expect(people.get(owner.accountId)).toMatchObject({ username: 'owner' });
  expect(people.get(owner.accountId)).not.toHaveProperty('displayName');
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
] as const)('a report of kind %s takes its own decisions only', async (kind, expected) => {
  expect(DECISIONS_OF[kind]).toEqual(expected);
  const { staff, claimed, close } = await aWorld();
  const reportId = await claimed(kind);
  const other = DECISIONS.find((one) => !DECISIONS_OF[kind].includes(one))!;
  expect(await close({ reportId, decision: other, note: 'x' }, staff.a)).toMatchObject({
    refused: 'invalid_request',
    errors: [{ path: 'decision', message: `must be one of ${expected.join(', ')}` }],
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
  const ofOneself = { refused: 'not_allowed', detail: 'This is your own.' };
  expect(await report({ kind: 'offer', id: offer.id, reason: 'scam' }, owner)).toEqual(ofOneself);
  expect(await report({ kind: 'person', id: 'OWNER', reason: 'scam' }, owner)).toEqual(ofOneself);
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

test('a reporter sees a report as it was made, and the moderators see who made it', async () => {
  const { world, report, reporter, offer, mine, queue } = await aWorld();
  const ofOffer = { kind: 'offer', id: offer.id, reason: 'scam', text: 'He asks for gift cards.' } as const;
  const made = await report(ofOffer, reporter);
  const shown = {
    id: expect.any(String),
    kind: 'offer',
    username: 'owner',
    offerId: offer.id,
    reason: 'scam',
    text: 'He asks for gift cards.',
    state: 'open',
    createdAt: world.clock.now(),
  };
  expect(made).toStrictEqual(shown);
  expect(await mine()).toStrictEqual([shown]);
  expect(await queue()).toStrictEqual([{ ...shown, reporter: 'reporter' }]);
  const ofPerson = await report({ kind: 'person', id: 'owner', reason: 'abuse' }, reporter);
  const { offerId: _, text: __, ...rest } = shown;
  expect(ofPerson).toStrictEqual({ ...rest, kind: 'person', reason: 'abuse' });
});

test('an appeal names no reason and no offer, and is in the queue of the moderators', async () => {
  const { world, queue, signIn } = await aWorld();
  await suspendAccount(world.ports)({ username: 'owner', reason: 'a scam' }, OPERATOR);
  world.books.events.length = 0;
  const appeal = appealSuspension(world.ports);
  const owner = await signIn('owner');
  const before = world.books.events.length;
  const shown = {
    id: expect.any(String),
    kind: 'appeal',
    username: 'owner',
    text: 'It was a mistake.',
    state: 'open',
    createdAt: world.clock.now(),
  };
  expect(await appeal({ text: 'It was a mistake.' }, owner)).toStrictEqual(shown);
  expect(await queue()).toStrictEqual([{ ...shown, reporter: 'owner' }]);
  expect(world.books.events).toHaveLength(before);
});

test('the audit log names the report of a claim and of a decision, and its offer', async () => {
  const { world, staff, offer, claimed, close, log } = await aWorld();
  const { events } = world.books;
  events.length = 0;
  const reportId = await claimed('offer');
  expect(events).toEqual([]);
  const common = { id: expect.any(String), at: world.clock.now(), by: 'mod-a', role: 'moderator' };
  const about = { ...common, username: 'owner', reportId };
  expect((await log())[0]).toStrictEqual({ ...about, act: 'claim' });
  await close({ reportId, decision: 'dismiss', note: 'no fault found' }, staff.a);
  expect((await log())[0]).toStrictEqual({
    ...about,
    act: 'dismiss',
    reason: 'no fault found',
    offerId: offer.id,
  });
});

test('the end of a report has an event for its reporter', async () => {
  const { world, reporter, staff, claimed, close } = await aWorld();
  const reportId = await claimed('person');
  world.books.events.length = 0;
  await close({ reportId, decision: 'dismiss', note: 'no fault found' }, staff.a);
  expect(world.books.events).toEqual([
    {
      type: 'report_closed',
      reportId,
      accountIds: [reporter.accountId],
      version: 3,
      at: world.clock.now(),
      requestId: 'none',
    },
  ]);
});

test('the steps of a moderator show the entry with everybody in it', async () => {
  const { world, staff, report, reporter, claim, close } = await aWorld();
  const { id: reportId } = granted(await report({ kind: 'person', id: 'owner', reason: 'spam' }, reporter));
  const createdAt = world.clock.now();
  const entry = {
    id: reportId,
    kind: 'person',
    username: 'owner',
    reason: 'spam',
    createdAt,
    reporter: 'reporter',
    claimedBy: 'mod-a',
  };
  const claimed = { ...entry, state: 'claimed' };
  expect(await claim({ reportId }, staff.a)).toStrictEqual(claimed);
  expect(await claim({ reportId }, staff.a)).toStrictEqual(claimed);
  world.pass(1_000);
  expect(await close({ reportId, decision: 'warn', note: 'be polite' }, staff.a)).toStrictEqual({
    ...entry,
    state: 'closed',
    decision: 'warn',
    note: 'be polite',
    closedAt: world.clock.now(),
  });
});

test('a page reads only the people that it names', () => {
  const [accountId, reporterId, claimedBy] = ['a', 'r', 'm'] as AccountId[] as [
    AccountId,
    AccountId,
    AccountId,
  ];
  const report = { accountId, reporterId } as Report;
  expect(peopleOf([report, { ...report, claimedBy }])).toEqual([
    accountId,
    reporterId,
    accountId,
    reporterId,
    claimedBy,
  ]);
});

test('a claim again writes nothing', async () => {
  const { staff, claimed, claim, log } = await aWorld();
  const reportId = await claimed('person');
  const before = await log();
  await claim({ reportId }, staff.a);
  expect(await log()).toEqual(before);
});

test('a closed report is closed once', async () => {
  const { staff, claimed, close, queue } = await aWorld();
  const reportId = await claimed('person');
  await close({ reportId, decision: 'dismiss', note: 'no fault found' }, staff.a);
  expect(await close({ reportId, decision: 'suspend', note: 'a scam' }, staff.a)).toEqual({
    refused: 'out_of_order',
    state: 'closed',
  });
  expect(await queue('closed')).toMatchObject([{ note: 'no fault found' }]);
});

test('refuses the claim and the decision of an unknown report', async () => {
  const { staff, claim, close } = await aWorld();
  const reportId = 'none' as ReportId;
  expect(await claim({ reportId }, staff.boss)).toEqual({ refused: 'not_found' });
  expect(await close({ reportId, decision: 'dismiss', note: 'x' }, staff.boss)).toEqual({
    refused: 'not_found',
  });
});

test('a moderator does not decide on an account that became a moderator after the claim', async () => {
  const { world, staff, claimed, close } = await aWorld();
  const reportId = await claimed('person');
  await grantRole(world.ports)({ username: 'owner', role: 'moderator' });
  const suspend = { reportId, decision: 'suspend', note: 'a scam' } as const;
  expect(await close(suspend, staff.a)).toEqual({ refused: 'not_allowed' });
  expect((await world.accounts.byUsername('owner'))!.suspension).toBeUndefined();
});

test('a moderator whose role was taken back after the claim decides nothing', async () => {
  const { world, staff, claimed, claim, close, queue } = await aWorld();
  const reportId = await claimed('person');
  await revokeRole(world.ports)({ username: 'mod-a' });
  expect(await close({ reportId, decision: 'dismiss', note: 'x' }, staff.a)).toEqual({
    refused: 'not_allowed',
  });
  expect(await claim({ reportId }, staff.a)).toEqual({ refused: 'not_allowed' });
  expect(await queue()).toMatchObject([{ id: reportId, state: 'claimed' }]);
});

test('refuses a decision to suspend until a time that is over, and leaves the report claimed', async () => {
  const { world, staff, claimed, close, queue } = await aWorld();
  const reportId = await claimed('person');
  const until = world.clock.now();
  expect(await close({ reportId, decision: 'suspend', note: 'a scam', until }, staff.a)).toMatchObject({
    refused: 'invalid_request',
    errors: [{ path: 'until', message: 'must be in the future' }],
  });
  expect(await queue()).toMatchObject([{ id: reportId, state: 'claimed' }]);
});

test.each(['offer', 'person'] as const)(
  'a dismissed report of kind %s changes nothing else',
  async (kind) => {
    const { world, staff, owner, offer, claimed, close } = await aWorld();
    await world.updateMe({ displayName: 'Ann' }, owner);
    const before = await world.accounts.get(owner.accountId);
    await close({ reportId: await claimed(kind), decision: 'dismiss', note: 'no fault found' }, staff.a);
    expect(await world.accounts.get(owner.accountId)).toEqual(before);
    expect(await world.offers.get(offer.id)).toEqual(offer);
    expect(await world.sessions.get(owner)).toBeDefined();
  },
);

test.each(['warn', 'hide'] as const)(
  '%s of a person ends no session and pauses no offer',
  async (decision) => {
    const { world, staff, owner, offer, claimed, close } = await aWorld();
    await close({ reportId: await claimed('person'), decision, note: 'x' }, staff.a);
    expect(await world.sessions.get(owner)).toBeDefined();
    expect(await world.offers.get(offer.id)).toEqual(offer);
  },
);

test('a hidden display name has no event', async () => {
  const { world, staff, claimed, close } = await aWorld();
  const reportId = await claimed('person');
  world.books.events.length = 0;
  await close({ reportId, decision: 'hide', note: 'rude' }, staff.a);
  expect(world.books.events.map(({ type }) => type)).toEqual(['report_closed']);
});

test('a granted appeal ends the sessions, so that the next one has all rights again', async () => {
  const { world, staff, claim, close, signIn } = await aWorld();
  await suspendAccount(world.ports)({ username: 'owner', reason: 'a scam' }, OPERATOR);
  const owner = await signIn('owner');
  const { id: reportId } = granted(await appealSuspension(world.ports)({ text: 'Why?' }, owner));
  await claim({ reportId }, staff.a);
  await close({ reportId, decision: 'restore', note: 'a mistake' }, staff.a);
  expect(await world.sessions.get(owner)).toBeUndefined();
  expect((await world.sessions.get(await signIn('owner')))?.standing).toEqual({ role: 'member' });
});

test.each(['closed', 'removed'])(
  'hides an offer that was %s meanwhile by closing the report',
  async (state) => {
    const { world, staff, offer, claimed, close } = await aWorld();
    const reportId = await claimed('offer');
    if (state === 'closed') await world.offers.save({ ...offer, state, version: offer.version + 1 });
    else await world.offers.remove(offer.id);
    const stored = await world.offers.get(offer.id);
    expect(await close({ reportId, decision: 'hide', note: 'a scam' }, staff.a)).toMatchObject({
      state: 'closed',
      decision: 'hide',
    });
    expect(await world.offers.get(offer.id)).toEqual(stored);
  },
);

test('pages of reports have each once, and the last one names no next', async () => {
  const { world, report, reporter, mine, queue } = await aWorld();
  for (let n = 0; n < 5; n += 1) await report({ kind: 'person', id: 'owner', reason: 'spam' }, reporter);
  const ofReporter = (input: { page: PageRequest }) => listMyReports(world.ports)(input, reporter);
  for (const limit of [2, 5]) {
    expect(await inPages(ofReporter, limit)).toEqual(await mine());
    expect(await inPages(listReports(world.ports), limit)).toEqual(await queue());
  }
});

test('a step gives up with the name of the thing that changes at each try', async () => {
  const { world, report, reporter, claimed, staff, signIn } = await aWorld();
  const { id: open } = granted(await report({ kind: 'person', id: 'owner', reason: 'spam' }, reporter));
  const reportId = await claimed('person');
  await suspendAccount(world.ports)({ username: 'owner', reason: 'a scam' }, OPERATOR);
  const owner = await signIn('owner');
  const changing = async () => 'changed_since' as const;
  const ports = { ...world.ports, moderation: { ...world.moderation, act: changing, addAppeal: changing } };
  await expect(claimReport(ports)({ reportId: open }, staff.b)).rejects.toThrow(`report ${open} changed`);
  const dismiss = { reportId, decision: 'dismiss', note: 'x' } as const;
  await expect(closeReport(ports)(dismiss, staff.a)).rejects.toThrow(`report ${reportId} changed`);
  await expect(appealSuspension(ports)({ text: 'Why?' }, owner)).rejects.toThrow(
    `account ${owner.accountId} changed`,
  );
});

test('a report of an account that was deleted can still be dismissed, and no longer counts for its reporter', async () => {
  const { world, staff, owner, report, reporter, claim, close, claimed, queue, log } = await aWorld();
  const reportId = await claimed('person');
  for (let made = 1; made < MAX_OPEN_REPORTS; made += 1)
    granted(await report({ kind: 'person', id: 'mod-b', reason: 'spam' }, reporter));
  const { id: open } = granted(await report({ kind: 'person', id: 'owner', reason: 'spam' }, BUYER));
  world.accounts.close((await world.accounts.get(owner.accountId))!);
  for (const decision of ['suspend', 'warn', 'hide'] as const)
    expect(await close({ reportId, decision, note: 'a scam' }, staff.a)).toEqual({
      refused: 'out_of_order',
      state: 'deleted',
    });
  expect(await close({ reportId, decision: 'dismiss', note: 'deleted' }, staff.a)).toMatchObject({
    state: 'closed',
    username: 'deleted',
  });
  expect((await log())[0]).toMatchObject({ act: 'dismiss', by: 'mod-a', username: 'deleted', reportId });
  granted(await report({ kind: 'person', id: 'mod-b', reason: 'spam' }, reporter));
  expect(await claim({ reportId: open }, reporter)).toEqual({ refused: 'not_allowed' });
  expect(await claim({ reportId: open }, staff.b)).toMatchObject({ claimedBy: 'mod-b' });
  expect((await queue()).map(({ id }) => id)).not.toContain(reportId);
});

test('a reported message is shown alone, until it is erased, and only to those who may read it', async () => {
  const { world, reporter, owner, report, queue } = await aWorld();
  const parties = { buyerId: reporter.accountId, sellerId: owner.accountId };
  const trade = tradeWith({ ...parties, paymentExpiresAt: later(world.clock.now(), DAY_MS) });
  world.ports.trades.get = async () => trade;
  const write = async (from: 'buyer' | 'seller', text: string) => {
    const senderId = from === 'buyer' ? reporter.accountId : owner.accountId;
    const { ids, clock, talks } = world.ports;
    const message = { senderId, from, text, id: newMessageId(ids, trade.id), tradeId: trade.id };
    await talks.add({ ...message, at: clock.now() }, rememberedFor(senderId));
    return message.id;
  };
  const [own, theirs] = [await write('buyer', 'Pay me'), await write('seller', 'You fool')];
  const reasons = { kind: 'message', reason: 'abuse' } as const;
  expect(await report({ ...reasons, id: theirs }, BUYER)).toEqual({ refused: 'not_found' });
  expect(await report({ ...reasons, id: own }, reporter)).toMatchObject({ refused: 'not_allowed' });
  expect(await report({ ...reasons, id: 'none' }, reporter)).toEqual({ refused: 'not_found' });
  expect(await report({ ...reasons, id: theirs }, reporter)).toMatchObject({ username: 'owner' });
  const [queued] = await queue();
  expect(queued).toMatchObject({ messageId: theirs, message: { from: 'seller', text: 'You fool' } });
  expect(JSON.stringify(queued)).not.toContain('Pay me');
  await world.ports.talks.erase(trade.id);
  expect((await queue())[0]).not.toHaveProperty('message');
});
