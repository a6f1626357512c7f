import { admin } from '#tests/helpers/admin.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { personWithEmail, withTotp } from '#tests/helpers/guarded-person.ts';
import { mailTo } from '#tests/helpers/mailbox.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { signIn, staff } from '#tests/helpers/staff.ts';
import { codeOf } from '#tests/helpers/totp.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

const REASON = 'The money has not arrived.';

/** A trade of 2 XMR whose seller has opened a dispute. */
async function aDispute() {
  const story = await aTrade({ state: 'payment_sent' });
  const one = { tradeId: story.trade.id };
  const disputed = await story.seller.openDispute({ ...one, reason: REASON });
  return { ...story, one, disputed };
}

test('an arbitrator divides the XMR of a disputed trade, and both read why', async () => {
  const { seller, buyer, one, disputed } = await aDispute();
  const moderator = await staff('moderator');
  expect(disputed).toMatchObject({
    state: 'disputed',
    dispute: { openedBy: 'seller', reason: REASON },
    allowedSteps: ['confirmPaymentReceived', 'requestCancellation'],
  });
  const { items } = await moderator.listDisputes();
  expect(items.find(({ id }) => id === one.tradeId)).toMatchObject({ role: 'arbitrator', state: 'disputed' });
  expect(await moderator.getTrade(one)).toMatchObject({ allowedSteps: ['resolveDispute'] });

  const decision = { ...one, buyerXmr: '0.5', note: 'A quarter was paid.' };
  const resolved = await moderator.resolveDispute(decision);
  expect(await moderator.resolveDispute(decision)).toEqual(resolved);

  const shown = await buyer.getTrade(one);
  expect(shown).toMatchObject({
    state: 'resolved',
    endedBy: 'arbitrator',
    allowedSteps: [],
    dispute: { resolution: { buyerXmr: '0.5', sellerXmr: '1.5', note: 'A quarter was paid.' } },
    history: [
      { state: 'awaiting_payment', by: 'buyer' },
      { state: 'payment_sent', by: 'buyer' },
      { state: 'disputed', by: 'seller' },
      { state: 'resolved', by: 'arbitrator' },
    ],
  });
  expect(await seller.getTrade(one)).toMatchObject({ dispute: shown.dispute, version: shown.version });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '0.5', heldXmr: '0' });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '4.5', heldXmr: '0' });
  for (const [party, direction] of [
    [buyer, 'in'],
    [seller, 'out'],
  ] as const) {
    const [entry] = (await party.listEntries()).items.filter(({ tradeId }) => tradeId === one.tradeId);
    expect(entry).toMatchObject({ kind: 'trade', direction, status: 'posted', amountXmr: '0.5' });
  }
  const closed = await moderator.listDisputes({ state: 'closed' });
  expect(closed.items.map(({ id }) => id)).toContain(one.tradeId);
});

test.each([
  ['0', '0', '5'],
  ['2', '2', '3'],
])(
  'a decision for %s of 2 XMR leaves the buyer %s and the seller %s',
  async (buyerXmr, ofBuyer, ofSeller) => {
    const { seller, buyer, one } = await aDispute();
    const boss = await staff('admin');
    await boss.resolveDispute({ ...one, buyerXmr, note: 'clear' });
    expect(await buyer.wallet()).toMatchObject({ availableXmr: ofBuyer, heldXmr: '0' });
    expect(await seller.wallet()).toMatchObject({ availableXmr: ofSeller, heldXmr: '0' });
    const { items } = await boss.listAuditLog({ limit: '100' });
    expect(items.find(({ tradeId }) => tradeId === one.tradeId)).toMatchObject({
      act: 'resolve',
      by: boss.username,
      role: 'admin',
      reason: 'clear',
      buyerXmr,
    });
  },
);

test('only an arbitrator who is no party decides, and only on a dispute', async () => {
  const { seller, buyer, one } = await aDispute();
  const [moderator, stranger] = [await staff('moderator'), await person()];
  const decision = { ...one, buyerXmr: '2', note: 'mine' };
  for (const member of [seller, buyer, stranger])
    await expectProblem(member.resolveDispute(decision), 403, 'not_allowed');
  await expectProblem(stranger.listDisputes(), 403, 'not_allowed');
  await expectProblem(stranger.getTrade(one), 404, 'not_found');
  await admin('grant', buyer.username, 'moderator');
  await signIn(buyer);
  await expectProblem(buyer.resolveDispute(decision), 403, 'not_your_step');
  await expectProblem(moderator.resolveDispute({ ...decision, buyerXmr: '2.1' }), 422, 'amount_out_of_range');
  await expectProblem(moderator.cancelTrade(one), 404, 'not_found');
  await admin('suspend', moderator.username, '--reason', 'tried out');
  await signIn(moderator);
  await expectProblem(moderator.resolveDispute(decision), 403, 'not_allowed');
  await expectProblem(moderator.getTrade(one), 404, 'not_found');

  const undisputed = await aTrade({ state: 'payment_sent' });
  const other = await staff('moderator');
  const early = { tradeId: undisputed.trade.id, buyerXmr: '1', note: 'early' };
  await expectProblem(other.resolveDispute(early), 404, 'not_found');
  expect(await undisputed.seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '2' });
});

test('either party may give in to a dispute', async () => {
  const first = await aDispute();
  expect(await first.buyer.cancelTrade(first.one)).toMatchObject({ state: 'cancelled', endedBy: 'buyer' });
  expect(await first.seller.wallet()).toMatchObject({ availableXmr: '5', heldXmr: '0' });
  const second = await aDispute();
  expect(await second.seller.confirmPaymentReceived(second.one)).toMatchObject({
    state: 'completed',
    endedBy: 'seller',
  });
  expect(await second.buyer.wallet()).toMatchObject({ availableXmr: '2' });
});

test('both end a paid trade together, after one request was taken back', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const one = { tradeId: trade.id };
  expect(await buyer.requestCancellation(one)).toMatchObject({ cancellationAskedBy: 'buyer' });
  await expectProblem(buyer.acceptCancellation(one), 403, 'not_your_step');
  await expectProblem(seller.retractCancellation(one), 403, 'not_your_step');
  await expectProblem(seller.requestCancellation(one), 409, 'out_of_order', { state: 'payment_sent' });
  await buyer.retractCancellation(one);
  await buyer.retractCancellation(one);
  await expectProblem(seller.acceptCancellation(one), 409, 'out_of_order', { state: 'payment_sent' });

  await seller.requestCancellation(one);
  expect(await buyer.acceptCancellation(one)).toMatchObject({
    state: 'cancelled',
    endedBy: 'both',
    cancellationAskedBy: 'seller',
  });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '5', heldXmr: '0' });
});

test('second factors guard a decision, and the end of a paid trade by the buyer', async () => {
  const seller = await person().then((one) => one.withFunds('5'));
  const buyer = await withTotp(await person());
  const moderator = await withTotp(await staff('moderator'));
  const offer = await anOffer(seller);
  const start = async () => {
    const { id } = await buyer.someone.startTrade({ offerId: offer.id, amountXmr: '2' }, aKey());
    await buyer.someone.confirmPaymentSent({ tradeId: id });
    return { tradeId: id };
  };
  const [first, second] = [await start(), await start()];
  await seller.requestCancellation(first);
  await expectProblem(buyer.someone.acceptCancellation(first), 403, 'second_factor_required');
  await buyer.someone.acceptCancellation({ ...first, code: codeOf(buyer.secret, 1) });

  await buyer.someone.openDispute({ ...second, reason: REASON });
  const decision = { ...second, buyerXmr: '1', note: 'half' };
  await expectProblem(moderator.someone.resolveDispute(decision), 403, 'second_factor_required');
  const wrong = moderator.someone.resolveDispute({ ...decision, code: '000000' });
  await expectProblem(wrong, 403, 'wrong_second_factor');
  await moderator.someone.resolveDispute({ ...decision, code: codeOf(moderator.secret, 1) });
  expect(await buyer.someone.wallet()).toMatchObject({ availableXmr: '1', heldXmr: '0' });
});

test('mails tell the other party of a dispute, and both parties of the decision', async () => {
  const [seller, buyer] = [await personWithEmail(), await personWithEmail()];
  await seller.withFunds('2');
  const offer = await anOffer(seller);
  const { id: tradeId } = await buyer.startTrade({ offerId: offer.id, amountXmr: '2' }, aKey());
  await buyer.confirmPaymentSent({ tradeId });
  await buyer.openDispute({ tradeId, reason: REASON });
  expect((await mailTo(seller.email, 'A dispute was opened')).text).toContain(`/trades/${tradeId}`);
  await (await staff('moderator')).resolveDispute({ tradeId, buyerXmr: '2', note: 'paid' });
  for (const { email } of [seller, buyer]) await mailTo(email, 'Your dispute was decided');
});

test('an account is not deleted while its dispute is open', async () => {
  const { seller, buyer, one } = await aDispute();
  for (const { deleteMe, password } of [seller, buyer])
    await expectProblem(deleteMe({ password }), 409, 'account_not_empty');
  await (await staff('moderator')).resolveDispute({ ...one, buyerXmr: '0', note: 'not paid' });
  await buyer.deleteMe({ password: buyer.password });
  expect(await seller.getTrade(one)).toMatchObject({
    buyer: { username: 'deleted' },
    dispute: { reason: REASON },
  });
});

test('a suspended party finishes a disputed trade', async () => {
  const { seller, buyer, one } = await aDispute();
  await admin('suspend', seller.username, '--reason', 'tried out');
  await signIn(seller);
  await seller.requestCancellation(one);
  await seller.retractCancellation(one);
  await seller.confirmPaymentReceived(one);
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2' });
});

describe('races', () => {
  test('of two arbitrators at once, one decides', async () => {
    const { seller, buyer, one } = await aDispute();
    const both = [await staff('moderator'), await staff('moderator')];
    const decided = await outcomes(
      both.map((moderator, n) => moderator.resolveDispute({ ...one, buyerXmr: `${n + 1}`, note: 'me' })),
    );
    expect(decided).toEqual({ given: 1, codes: ['out_of_order'] });
    const { dispute } = await buyer.getTrade(one);
    const { buyerXmr = '' } = dispute?.resolution ?? {};
    expect(await buyer.wallet()).toMatchObject({ availableXmr: buyerXmr });
    expect(await seller.wallet()).toMatchObject({ availableXmr: `${5 - Number(buyerXmr)}`, heldXmr: '0' });
  });

  test('of an accepted end and a dispute at once, one wins', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const one = { tradeId: trade.id };
    await buyer.requestCancellation(one);
    const raced = await outcomes([
      seller.acceptCancellation(one),
      buyer.openDispute({ ...one, reason: REASON }),
    ]);
    expect(raced).toEqual({ given: 1, codes: ['out_of_order'] });
  });

  test('of a cancellation and a confirmation of the payment at once, one wins', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const one = { tradeId: trade.id };
    const raced = await outcomes([buyer.cancelTrade(one), seller.confirmPaymentReceived(one)]);
    expect(raced).toEqual({ given: 1, codes: ['out_of_order'] });
  });

  test('of an accepted end and its retraction at once, one wins', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const one = { tradeId: trade.id };
    await seller.requestCancellation(one);
    const raced = await outcomes([buyer.acceptCancellation(one), seller.retractCancellation(one)]);
    expect(raced).toEqual({ given: 1, codes: ['out_of_order'] });
  });

  test('of a decision and a party that gives in at once, one wins', async () => {
    const { seller, buyer, one } = await aDispute();
    const moderator = await staff('moderator');
    const raced = await outcomes([
      moderator.resolveDispute({ ...one, buyerXmr: '2', note: 'paid' }),
      buyer.cancelTrade(one),
      seller.confirmPaymentReceived(one),
    ]);
    expect(raced).toEqual({ given: 1, codes: ['out_of_order'] });
  });
});
