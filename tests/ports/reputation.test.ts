import type { AccountId, AuditEntryId, TradeId } from '#core/ids.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { type Review, reviewId } from '#core/reputation/reviews.ts';
import { newPair, newStanding, withoutReview, withReview, withTrade } from '#core/reputation/standings.ts';
import { asInstant, DAY_MS } from '#core/time.ts';
import { accountWith, fresh } from '#tests/helpers/entities.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { addReview, reviewWith } from '#tests/helpers/reviews.ts';
import { type Stores, stores } from './stores.ts';

describe.each(stores)('reputation: %s', (_, open) => {
  let store: Stores;
  let reputation: Stores['reputation'];
  beforeAll(async () => {
    store = await open();
    ({ reputation } = store);
  });

  /** Two accounts with a counted trade, one of them young. */
  const aCount = () => {
    const accountIds = [fresh<AccountId>(), fresh<AccountId>()] as const;
    const pair = { ...newPair(accountIds), tradeIds: [fresh<TradeId>()], version: 1 };
    const now = asInstant(100 * DAY_MS);
    const counted = { amountPiconero: asPiconero(5n), nth: 1 };
    const standings = [
      withTrade(newStanding(accountIds[0]), { ...counted, since: undefined }, now),
      withTrade(newStanding(accountIds[1]), { ...counted, since: now, releaseMinutes: 7 }, now),
    ];
    return { accountIds, pair, standings };
  };

  test('a counted trade is read as it was written, whatever the order of the two accounts', async () => {
    const { accountIds, pair, standings } = aCount();
    expect(await reputation.pair(accountIds)).toBeUndefined();
    expect(await reputation.standing(accountIds[0])).toBeUndefined();
    expect(await reputation.count({ pair, standings })).toBeUndefined();
    const [one, other] = accountIds;
    expect(await reputation.pair([other, one])).toEqual(pair);
    expect(await reputation.standing(one)).toEqual(standings[0]);
    expect(await reputation.standing(other)).toEqual(standings[1]);
  });

  test('a trade is counted once, and with neither standing if one has changed', async () => {
    const { accountIds, pair, standings } = aCount();
    const both = await Promise.all([1, 2].map(() => reputation.count({ pair, standings })));
    expect(both.sort()).toEqual(['changed_since', undefined]);
    const next = { ...pair, tradeIds: [...pair.tradeIds, fresh<TradeId>()], version: 2 };
    const [one, other] = standings;
    const stale = [{ ...one!, version: 2 }, other!];
    expect(await reputation.count({ pair: next, standings: stale })).toBe('changed_since');
    expect(await reputation.pair(accountIds)).toEqual(pair);
    expect(await reputation.standing(accountIds[0])).toEqual(one);
  });

  test('a review is read by its id and by its trade, as it was written', async () => {
    const review = reviewWith({
      authorSince: asInstant(5),
      revealAt: asInstant(9_000),
      uncounted: true,
    });
    const { comment: _, ...bare } = reviewWith();
    for (const one of [review, bare]) expect(await addReview(reputation, one)).toBeUndefined();
    expect(await reputation.review(review.id)).toEqual(review);
    expect(await reputation.ofTrade(bare.tradeId)).toEqual([bare]);
    expect(await reputation.getMany([bare.id, review.id])).toEqual([bare, review]);
    for (const id of [reviewId(fresh(), 'buyer'), fresh<Review['id']>()])
      expect(await reputation.review(id)).toBeUndefined();
    expect(await reputation.ofTrade(fresh())).toEqual([]);
  });

  test('a party has one review of a trade, and a review that does not know the other one is refused', async () => {
    const first = reviewWith({ revealAt: asInstant(9_000) });
    const { tradeId, authorId, subjectId } = first;
    const at = asInstant(2_000);
    const second = reviewWith({
      tradeId,
      by: 'seller',
      authorId: subjectId,
      subjectId: authorId,
      at,
      revealAt: at,
    });
    expect(await addReview(reputation, first)).toBeUndefined();
    expect(await addReview(reputation, first)).toBe('already_reviewed');
    expect(await addReview(reputation, second)).toBe('changed_since');
    expect(await addReview(reputation, second, { ...first, revealAt: at })).toBeUndefined();
    expect(await reputation.review(first.id)).toEqual({ ...first, revealAt: at });
    expect((await reputation.ofTrade(tradeId)).map(({ by }) => by)).toEqual(['buyer', 'seller']);
  });

  test('two simultaneous reviews of one account are each counted or refused', async () => {
    const subjectId = fresh<AccountId>();
    const reviews = [1, 2, 3].map(() => reviewWith({ subjectId }));
    const outcomes = await Promise.all(reviews.map((review) => addReview(reputation, review)));
    const written = outcomes.filter((outcome) => outcome === undefined).length;
    expect(written).toBeGreaterThan(0);
    expect((await reputation.standing(subjectId))?.reviews).toBe(written);
  });

  test('reviews about an account are hidden until their time, and listed newest first in pages', async () => {
    const subjectId = fresh<AccountId>();
    const reviews = [1_000, 3_000, 2_000, 8_000, 9_000].map((time) =>
      reviewWith({ subjectId, revealAt: asInstant(time) }),
    );
    for (const review of reviews) await addReview(reputation, review);
    const now = asInstant(3_000);
    const revealed = await inPages(({ page }) => reputation.revealedAbout(subjectId, now, page), 1);
    expect(revealed.map(({ revealAt }) => revealAt)).toEqual([3_000, 2_000, 1_000]);
    const hidden = (await reputation.standing(subjectId))?.hidden;
    expect(hidden).toEqual(reviews.slice(1).map(({ id, revealAt: until }) => ({ id, until })));
    expect(await inPages(({ page }) => reputation.revealedAbout(fresh(), now, page), 1)).toEqual([]);
  });

  test('lists what an account has written, and erases its comments and its standing', async () => {
    const authorId = fresh<AccountId>();
    const reviews = [1, 2, 3].map(() => reviewWith({ authorId }));
    for (const review of reviews) await addReview(reputation, review);
    const written = () => inPages(({ page }) => reputation.ofAuthor(authorId, page), 2);
    expect(await written()).toEqual(reviews);
    for (const { id } of reviews) await reputation.eraseComment(id);
    await reputation.eraseComment(reviews[0]!.id);
    await reputation.eraseComment(reviewId(fresh(), 'buyer'));
    expect(await written()).toEqual(reviews.map(({ comment: _, ...rest }) => rest));

    const { accountIds, pair, standings } = aCount();
    await reputation.count({ pair, standings });
    for (const id of accountIds) await reputation.eraseStanding(id);
    await reputation.eraseStanding(accountIds[0]);
    expect(await reputation.standing(accountIds[0])).toBeUndefined();
  });

  test('an act of a moderator removes a review from lists and standing, once', async () => {
    const review = reviewWith();
    const { subjectId } = review;
    await addReview(reputation, review);
    const now = asInstant(5_000);
    const standing = (await reputation.standing(subjectId))!;
    const removal = {
      review: { ...review, removedAt: now },
      standing: withoutReview(standing, review, now),
    };
    const act = () =>
      store.moderation.act({
        entry: { id: fresh(), at: now, by: { role: 'operator' }, act: 'hide' },
        removal,
      });
    expect(await act()).toBeUndefined();
    expect(await act()).toBe('changed_since');
    expect(await reputation.review(review.id)).toEqual(removal.review);
    expect((await reputation.revealedAbout(subjectId, now, { limit: 9 })).items).toEqual([]);
    expect(await reputation.standing(subjectId)).toMatchObject({ reviews: 0, established: { ratings: 0 } });
    const gone = withReview(newStanding(subjectId), review, now);
    expect(await reputation.count({ pair: aCount().pair, standings: [gone] })).toBe('changed_since');
  });

  test('an answer does not bring a removed review back into the lists', async () => {
    const first = reviewWith({ revealAt: asInstant(9_000) });
    const { tradeId, authorId, subjectId } = first;
    await addReview(reputation, first);
    const now = asInstant(9_000);
    const entry = { id: fresh<AuditEntryId>(), at: now, by: { role: 'operator' }, act: 'hide' } as const;
    await store.moderation.act({ entry, removal: { review: { ...first, removedAt: now } } });
    const answer = reviewWith({ tradeId, by: 'seller', authorId: subjectId, subjectId: authorId });
    const revealAt = asInstant(2_000);
    expect(await addReview(reputation, answer, { ...first, revealAt })).toBe('changed_since');
    expect((await reputation.revealedAbout(subjectId, now, { limit: 9 })).items).toEqual([]);
    expect(await reputation.review(answer.id)).toBeUndefined();
  });

  test('finds accounts by the beginning of their names, in order and in pages', async () => {
    const root = `q${fresh().slice(-8)}`;
    const accounts = ['-b', '-A', '-a1', 'x'].map((end) => accountWith({ username: `${root}${end}` }));
    for (const account of accounts) await store.accounts.add(account);
    const [b, a, a1] = accounts.map(({ id }) => id);
    const find = (folded: string) => inPages(({ page }) => store.names.beginningWith(folded, page), 1);
    expect(await find(`${root}-`)).toEqual([a, a1, b]);
    expect(await find(`${root}-a1`)).toEqual([a1]);
    expect(await find(`${root}?`)).toEqual([]);
    expect(await store.names.named(`${root}-a`)).toBe(a);
    expect(await store.names.named(`${root}-`)).toBeUndefined();
    const rows = await store.people.getMany([a!]);
    expect(rows.get(a!)?.since).toBe(accounts[1]!.createdAt);
  });
});
