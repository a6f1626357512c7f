import { admin } from '#tests/helpers/admin.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { signIn, staff } from '#tests/helpers/staff.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

test('a suspended person keeps the XMR, finishes open trades, and starts and withdraws nothing', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await admin('suspend', seller.username, '--reason', 'tried out', '--until', until);
  await expectProblem(seller.getWallet(), 401, 'not_signed_in');
  await expectProblem(seller.refreshSession(), 401, 'session_ended');

  await signIn(seller);
  expect(await seller.getMe()).toMatchObject({ suspended: { reason: 'tried out', until, appealed: false } });
  const address = await payee.newAddress();
  for (const refused of [
    () => anOffer(seller),
    () => seller.resumeMyOffers(),
    () => seller.startTrade({ offerId: trade.offerId, amountXmr: '1' }, aKey()),
    () => seller.requestWithdrawal({ address, amountXmr: '1' }, aKey()),
    () => seller.drawFaucet({ amountXmr: '1' }, aKey()),
  ])
    await expectProblem(refused(), 403, 'suspended');
  expect(await seller.getWallet()).toMatchObject({ availableXmr: '3', heldXmr: '2' });
  await seller.confirmPaymentReceived({ tradeId: trade.id });
  expect(await buyer.getWallet()).toMatchObject({ availableXmr: '2' });

  await admin('restore', seller.username);
  await signIn(seller);
  expect(await seller.getMe()).not.toHaveProperty('suspended');
  await seller.requestWithdrawal({ address, amountXmr: '1' }, aKey());
});

test('offers of a suspended person leave the market until he resumes them after his return', async () => {
  const [owner, taker] = [await person(), await person()];
  const offer = await anOffer(owner, { side: 'buy' });
  await admin('suspend', owner.username, '--reason', 'tried out');
  await expectProblem(taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey()), 409, 'offer_not_open');
  await admin('restore', owner.username);
  await signIn(owner);
  expect(await owner.resumeMyOffers()).toEqual({ changed: 1 });
});

test('an appeal reaches the moderators once, and one of them lifts the suspension', async () => {
  const [one, moderator] = [await person(), await staff('moderator')];
  await expectProblem(one.appealSuspension({ text: 'Why?' }), 409, 'out_of_order', {
    state: 'not_suspended',
  });
  await admin('suspend', one.username, '--reason', 'tried out');
  await signIn(one);
  const { id: reportId } = await one.appealSuspension({ text: 'It was somebody else.' });
  await expectProblem(one.appealSuspension({ text: 'Please' }), 409, 'out_of_order', { state: 'appealed' });
  await moderator.claimReport({ reportId });
  await moderator.closeReport({ reportId, decision: 'restore', note: 'a mistake' });
  await signIn(one);
  expect(await one.getMe()).not.toHaveProperty('suspended');
});

test('a reported offer is hidden, and the reporter hears of it', async () => {
  const [owner, reporter, moderator] = [await person(), await person(), await staff('moderator')];
  const offer = await anOffer(owner);
  const { id: reportId } = await reporter.createReport({
    kind: 'offer',
    id: offer.id,
    reason: 'scam',
    text: 'It asks to pay twice.',
  });
  await moderator.claimReport({ reportId });
  await moderator.closeReport({ reportId, decision: 'hide', note: 'a scam' });
  expect(await reporter.getOffer({ offerId: offer.id })).toMatchObject({ state: 'closed' });
  expect((await reporter.listMyReports()).items).toMatchObject([
    { id: reportId, state: 'closed', decision: 'hide' },
  ]);
});

test('members reach no route of moderators, and moderators none of admins', async () => {
  const [member, moderator] = [await person(), await staff('moderator')];
  const { username } = await person();
  await expectProblem(member.listReports(), 403, 'not_allowed');
  for (const one of [member, moderator]) {
    await expectProblem(one.suspendAccount({ username, reason: 'spam' }), 403, 'not_allowed');
    await expectProblem(one.restoreAccount({ username }), 403, 'not_allowed');
    await expectProblem(one.signOutAccount({ username }), 403, 'not_allowed');
    await expectProblem(one.listStandings(), 403, 'not_allowed');
    await expectProblem(one.listAuditLog(), 403, 'not_allowed');
  }
});

test('an admin acts on others by the API, the log names it, and a revoked role is gone at once', async () => {
  const [boss, other] = [await staff('admin'), await person()];
  const { username } = other;
  expect(await boss.suspendAccount({ username, reason: 'spam' })).toMatchObject({
    username,
    suspended: { reason: 'spam' },
  });
  await expectProblem(other.getMe(), 401, 'not_signed_in');
  await boss.restoreAccount({ username, reason: 'a mistake' });
  await signIn(other);
  await boss.signOutAccount({ username });
  await expectProblem(other.getMe(), 401, 'not_signed_in');
  await expectProblem(boss.signOutAccount({ username: boss.username }), 403, 'not_allowed');
  const { items } = await boss.listAuditLog({ limit: '50' });
  const ofOther = items.filter((entry) => entry.username === username);
  expect(ofOther.map(({ act, by }) => [act, by])).toEqual([
    ['sign_out', boss.username],
    ['restore', boss.username],
    ['suspend', boss.username],
  ]);
  await admin('revoke', boss.username);
  await expectProblem(boss.listAuditLog(), 401, 'not_signed_in');
});

test.each([
  [['grant', 'nobody-here', 'admin'], 'There is no account nobody-here.'],
  [['grant', 'somebody', 'king'], 'The role must be moderator or admin.'],
  [['suspend', 'somebody'], 'A suspension needs --reason'],
  [['suspend', 'somebody', '--reason', 'x', '--until', 'soon'], '--until must be a time'],
  [['suspend', 'somebody', '--reason', 'x', '--until', '2020-01-01'], '--until must be in the future.'],
  [['suspend', 'somebody', '--reason', ' '], '--reason must have 1 to 500 characters.'],
  [['banish', 'somebody'], 'There is no command banish.'],
  [['list', 'somebody', 'else', 'too'], 'list takes no too.'],
  [['restore'], 'Name a user.'],
  [['restore', 'x', '--why', 'y'], "Unknown option '--why'"],
])('npm run admin -- %j says what is wrong', async (args, said) => {
  const failed = await admin(...args).catch((error: { stderr: string }) => error.stderr);
  expect(failed).toContain(said);
});
