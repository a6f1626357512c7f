import type { TradeId } from '#core/ids.ts';
import { admin } from '#tests/helpers/admin.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { signIn, staff } from '#tests/helpers/staff.ts';
import { aTrade } from '#tests/helpers/trade.ts';

test('both parties review each other, and neither sees the other one first', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'completed' });
  const tradeId = trade.id;
  const anyone = await person();
  expect(await buyer.getTradeReviews({ tradeId })).toEqual({ otherWrote: false, mayReview: true });
  const first = await buyer.reviewTrade({ tradeId, rating: 5, comment: 'Fast.\nAnd kind.' });
  expect(first).toEqual({
    id: first.id,
    tradeId,
    from: { username: buyer.username, tradesCompleted: 1 },
    rating: 5,
    comment: 'Fast.\nAnd kind.',
    at: first.at,
    revealed: false,
  });
  const { username } = seller;
  expect(await anyone.listReviews({ username })).toEqual({ items: [] });
  expect(await anyone.getProfile({ username })).toMatchObject({ reviewCount: 0 });
  expect(await seller.getTradeReviews({ tradeId })).toEqual({ otherWrote: true, mayReview: true });
  const { items: notices } = await seller.listNotices();
  expect(notices.filter(({ kind }) => kind === 'trade_reviewed')).toMatchObject([{ tradeId }]);

  expect(await seller.reviewTrade({ tradeId, rating: 4 })).toMatchObject({ rating: 4, revealed: true });

  const { tradeId: _, ...shown } = first;
  const listed = await anyone.listReviews({ username });
  expect(listed).toEqual({ items: [{ ...shown, revealed: true }] });
  expect(JSON.stringify(listed)).not.toContain(tradeId);
  expect(await buyer.getTradeReviews({ tradeId })).toMatchObject({
    own: { id: first.id, revealed: true },
    other: { rating: 4 },
    otherWrote: true,
    mayReview: false,
  });
  expect(await anyone.getProfile({ username })).toEqual({
    username,
    memberSince: (await seller.getMe()).createdAt,
    tradesCompleted: 1,
    counterparties: 1,
    countedCounterparties: 0.01,
    volumeBand: 'below_1',
    medianReleaseMinutes: 0,
    disputesLost: 0,
    rating: 5,
    reviewCount: 1,
    countedReviews: 0.01,
  });
  expect(await anyone.getProfile({ username: buyer.username })).toMatchObject({ rating: 4, disputesLost: 0 });
});

test('of ten simultaneous reviews one is written, and only parties of an ended trade may review', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const tradeId = trade.id;
  await expectProblem(buyer.reviewTrade({ tradeId, rating: 5 }), 409, 'out_of_order', {
    state: 'payment_sent',
  });
  await seller.confirmPaymentReceived({ tradeId });
  const all = await outcomes([...Array(10)].map(() => buyer.reviewTrade({ tradeId, rating: 5 })));
  expect(all).toEqual({ given: 1, codes: ['already_reviewed'] });
  await expectProblem(buyer.reviewTrade({ tradeId, rating: 1 }), 409, 'already_reviewed');
  const stranger = await person();
  for (const asked of [
    stranger.reviewTrade({ tradeId, rating: 5 }),
    stranger.getTradeReviews({ tradeId }),
    buyer.reviewTrade({ tradeId: 'none' as TradeId, rating: 5 }),
  ])
    await expectProblem(asked, 404, 'not_found');
  const { trade: cancelled, buyer: other } = await aTrade({ state: 'cancelled' });
  await expectProblem(other.reviewTrade({ tradeId: cancelled.id, rating: 5 }), 409, 'out_of_order', {
    state: 'cancelled',
  });
});

test.each([
  [{ rating: 0 }, 'rating'],
  [{ rating: 6 }, 'rating'],
  [{ rating: 4.5 }, 'rating'],
  [{ rating: '5' }, 'rating'],
  [{}, 'rating'],
  [{ rating: 5, comment: 'x'.repeat(501) }, 'comment'],
  [{ rating: 5, comment: 'a\u202eb' }, 'comment'],
  [{ rating: 5, comment: null }, 'comment'],
  [{ rating: 5, stars: 5 }, 'stars'],
])('refuses the review %j, and names %s', async (body, path) => {
  const { buyer, trade } = await aTrade({ state: 'completed' });
  const asked = buyer.reviewTrade({ tradeId: trade.id, ...(body as { rating: number }) });
  await expectProblem(asked, 400, 'invalid_request', { errorPaths: [path] });
});

test('a decided dispute is lost by the party that gets nothing, and can be reviewed', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const tradeId = trade.id;
  await buyer.openDispute({ tradeId, reason: 'nothing arrives' });
  const moderator = await staff('moderator');
  await moderator.resolveDispute({ tradeId, buyerXmr: '2', note: 'the money arrived' });
  expect(await buyer.getProfile({ username: seller.username })).toMatchObject({
    disputesLost: 1,
    tradesCompleted: 0,
  });
  expect(await buyer.getProfile({ username: buyer.username })).toMatchObject({ disputesLost: 0 });
  await buyer.reviewTrade({ tradeId, rating: 1 });
  await expectProblem(moderator.reviewTrade({ tradeId, rating: 1 }), 404, 'not_found');
});

test('a reported review is removed by a moderator, from the list and the rating', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'completed' });
  const tradeId = trade.id;
  const { id } = await buyer.reviewTrade({ tradeId, rating: 1, comment: 'Rude words' });
  const report = () => seller.createReport({ kind: 'review', id, reason: 'abuse' });
  await expectProblem(report(), 404, 'not_found');
  await seller.reviewTrade({ tradeId, rating: 5 });
  await expectProblem(buyer.createReport({ kind: 'review', id, reason: 'abuse' }), 403, 'not_allowed');
  const { id: reportId, reviewId } = await report();
  expect(reviewId).toBe(id);
  const moderator = await staff('moderator');
  const { items } = await moderator.listReports();
  expect(items.find((one) => one.id === reportId)).toMatchObject({
    kind: 'review',
    username: buyer.username,
    review: { comment: 'Rude words', rating: 1 },
  });
  await moderator.claimReport({ reportId });
  await moderator.closeReport({ reportId, decision: 'hide', note: 'insults' });

  const { username } = seller;
  expect(await seller.listReviews({ username })).toEqual({ items: [] });
  const profile = await seller.getProfile({ username });
  expect(profile).toMatchObject({ reviewCount: 0 });
  expect(profile).not.toHaveProperty('rating');
  await expectProblem(buyer.reviewTrade({ tradeId, rating: 1 }), 409, 'already_reviewed');
});

test('a suspended account writes no reviews', async () => {
  const { buyer, trade } = await aTrade({ state: 'completed' });
  await admin('suspend', buyer.username, '--reason', 'tried out');
  await signIn(buyer);
  await expectProblem(buyer.reviewTrade({ tradeId: trade.id, rating: 5 }), 403, 'suspended');
});

test('a deleted account has no profile, and its reviews stay without comment and name', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'completed' });
  const tradeId = trade.id;
  await buyer.reviewTrade({ tradeId, rating: 2, comment: 'Slow' });
  await seller.reviewTrade({ tradeId, rating: 3 });
  const { items } = await buyer.exportMe();
  const kinds = items.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['reputation', 'review', 'received_review']));
  const { depositAddress = '' } = await seller.getWallet();
  const address = depositAddress || (await seller.newDepositAddress()).depositAddress;
  await buyer.requestWithdrawal({ address, max: true }, aKey());
  await buyer.deleteMe({ password: buyer.password });

  await expectProblem(seller.getProfile({ username: buyer.username }), 404, 'not_found');
  await expectProblem(seller.listReviews({ username: buyer.username }), 404, 'not_found');
  expect(await seller.searchUsers({ query: buyer.username })).toEqual({ items: [] });
  const [kept] = (await seller.listReviews({ username: seller.username })).items;
  expect(kept).toMatchObject({ from: { username: 'deleted' }, rating: 2 });
  expect(kept).not.toHaveProperty('comment');
});

test('the search finds people by the beginning of their names, for visitors too', async () => {
  const one = await person();
  const { username } = one;
  const found = async (query: string) =>
    (await one.searchUsers({ query })).items.map((shown) => shown.username);
  expect(await found(username)).toEqual([username]);
  expect(await found(username.toUpperCase().slice(0, -1))).toContain(username);
  expect(await found('??')).toEqual([]);
  for (const query of ['', 'a', ' a ', 'x'.repeat(65)])
    await expectProblem(one.searchUsers({ query }), 400, 'invalid_request', { errorPaths: ['query'] });
  await expectProblem(one.getProfile({ username: 'nobody-here' }), 404, 'not_found');
});
