import * as contract from '#contract/reputation.ts';
import { keyed } from '#tests/helpers/entities.ts';
import { Died, killedAt } from '#tests/helpers/faulty.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { addReview, reviewWith } from '#tests/helpers/reviews.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { granted, STRANGER, type TestWorld, testWorld, xmr } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import { deliverEvents } from '../events/deliver-events.ts';
import type { AccountId, TradeId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { asInstant, DAY_MS, later, MINUTE_MS } from '../time.ts';
import { countTrade } from './count-trade.ts';
import { getProfile } from './get-profile.ts';
import { getTradeReviews } from './get-trade-reviews.ts';
import { HIDDEN_MS, MAX_HIDDEN, MAX_HIDDEN_WEIGHTLESS } from './limits.ts';
import { listReviews } from './list-reviews.ts';
import { reviewTrade } from './review-trade.ts';
import { reviewId } from './reviews.ts';
import { searchUsers } from './search-users.ts';
import { hasRoom, newStanding, withoutReview, withReview, withTrade } from './standings.ts';

const page = { limit: 100 };

/** A market with a way to trade, to review and to look at profiles. */
function aMarket(world: TestWorld = testWorld()) {
  const { ports } = world;
  const member = async (name: string): Promise<Caller> => world.callerOf(await world.register(name));
  /** A trade of 1 XMR that the buyer has paid, and that the seller releases after some minutes. */
  const paid = async (seller: Caller, buyer: Caller): Promise<TradeId> => {
    const offer = await world.publish({ ownerId: seller.accountId });
    world.give(seller, xmr('1'));
    const taking = { offerId: offer.id, amountFiat: '150.00' };
    const { id } = granted(await world.startTrade(taking, buyer, keyed(buyer)));
    granted(await world.confirmPaymentSent({ tradeId: id }, buyer));
    return id;
  };
  const traded = async (seller: Caller, buyer: Caller, minutes = 0): Promise<TradeId> => {
    const tradeId = await paid(seller, buyer);
    world.pass(minutes * MINUTE_MS);
    granted(await world.confirmPaymentReceived({ tradeId }, seller));
    return tradeId;
  };
  const review = (tradeId: TradeId, by: Caller, rating: number, comment?: string) =>
    reviewTrade(ports)({ tradeId, rating, ...(comment !== undefined && { comment }) }, by);
  /** Counts the trades whose events wait. */
  const deliver = async () => {
    world.pass(MINUTE_MS);
    while ((await deliverEvents({ ...ports, subscribers: [countTrade(ports)] })()) > 0);
  };
  const profile = async (username: string) => granted(await getProfile(ports)({ username }, undefined));
  const reviews = async (username: string) =>
    granted(await listReviews(ports)({ username, page }, undefined)).items;
  const ofTrade = async (tradeId: TradeId, caller: Caller) =>
    granted(await getTradeReviews(ports)({ tradeId }, caller));
  return { ...world, member, paid, traded, review, deliver, profile, reviews, ofTrade };
}

/** A seller `sal` and a buyer `ben` with a completed trade. */
async function aTrade() {
  const market = aMarket();
  const [seller, buyer] = [await market.member('sal'), await market.member('ben')];
  const tradeId = await market.traded(seller, buyer, 12);
  return { ...market, seller, buyer, tradeId };
}

describe('reviews', () => {
  test('are hidden from everybody but their author until both have written', async () => {
    const { seller, buyer, tradeId, review, reviews, ofTrade, profile } = await aTrade();
    expect(await review(tradeId, buyer, 5, 'Fast.')).toMatchObject({ rating: 5, revealed: false });
    expect(await reviews('sal')).toEqual([]);
    expect((await profile('sal')).reviewCount).toBe(0);
    expect((await profile('sal')).rating).toBeUndefined();
    expect(await ofTrade(tradeId, seller)).toEqual({ otherWrote: true, mayReview: true });
    expect(await ofTrade(tradeId, buyer)).toMatchObject({ own: { comment: 'Fast.' }, mayReview: false });

    expect(await review(tradeId, seller, 4)).toMatchObject({ revealed: true });

    expect(await reviews('sal')).toMatchObject([{ from: { username: 'ben' }, rating: 5, revealed: true }]);
    expect(await reviews('ben')).toMatchObject([{ from: { username: 'sal' }, rating: 4 }]);
    expect(await ofTrade(tradeId, seller)).toMatchObject({ own: { rating: 4 }, other: { rating: 5 } });
    expect(await profile('sal')).toMatchObject({ reviewCount: 1, rating: 5 });
  });

  test('are revealed after 7 days, and cannot be answered then', async () => {
    const { seller, buyer, tradeId, review, reviews, ofTrade, pass } = await aTrade();
    granted(await review(tradeId, buyer, 1));
    pass(HIDDEN_MS - 1);
    expect(await reviews('sal')).toEqual([]);
    pass(1);
    expect(await reviews('sal')).toMatchObject([{ rating: 1, revealed: true }]);
    expect(await ofTrade(tradeId, seller)).toMatchObject({ other: { rating: 1 }, mayReview: false });
    expect(await review(tradeId, seller, 1)).toEqual({ refused: 'out_of_order', state: 'revealed' });
  });

  test('are written once by each party, also in simultaneous requests', async () => {
    const { seller, buyer, tradeId, review, reviews } = await aTrade();
    const both = await Promise.all([review(tradeId, buyer, 5), review(tradeId, buyer, 1)]);
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'already_reviewed' }]);
    expect(await review(tradeId, buyer, 3)).toEqual({ refused: 'already_reviewed' });
    granted(await review(tradeId, seller, 5));
    expect(await reviews('sal')).toHaveLength(1);
  });

  test('are both revealed if both parties write at once', async () => {
    const { seller, buyer, tradeId, review, reviews, between } = await aTrade();
    between('reputation', 'ofTrade', () => review(tradeId, buyer, 5));
    expect(await review(tradeId, seller, 4)).toMatchObject({ revealed: true });
    expect([...(await reviews('sal')), ...(await reviews('ben'))]).toHaveLength(2);
  });

  test.each(['before', 'after'] as const)('are written once if a process dies %s the write', async (when) => {
    const { ports, seller, tradeId, reviews, review, buyer } = await aTrade();
    const dead = killedAt(ports, ['reputation'], { call: 'reputation.add', when });
    await expect(reviewTrade(dead)({ tradeId, rating: 5 }, buyer)).rejects.toThrow(Died);
    const again = await review(tradeId, buyer, 5);
    if (when === 'before') expect(again).toMatchObject({ rating: 5 });
    else expect(again).toEqual({ refused: 'already_reviewed' });
    granted(await review(tradeId, seller, 5));
    expect(await reviews('sal')).toHaveLength(1);
  });

  test('are accepted from the parties of a completed trade only', async () => {
    const { seller, buyer, tradeId, review, paid, confirmPaymentReceived } = await aTrade();
    expect(await review(tradeId, STRANGER, 5)).toEqual({ refused: 'not_found' });
    expect(await review('none' as TradeId, buyer, 5)).toEqual({ refused: 'not_found' });
    const next = await paid(seller, buyer);
    expect(await review(next, buyer, 5)).toEqual({ refused: 'out_of_order', state: 'payment_sent' });
    granted(await confirmPaymentReceived({ tradeId: next }, seller));
    expect(await review(next, buyer, 5)).toMatchObject({ rating: 5 });
  });

  test('cause a notice for the other party, with the trade', async () => {
    const { ports, buyer, seller, tradeId, review } = await aTrade();
    granted(await review(tradeId, buyer, 5));
    const { items } = await ports.notices.ofAccount(seller.accountId, page);
    expect(items.filter(({ kind }) => kind === 'trade_reviewed')).toMatchObject([{ tradeId }]);
    const own = await ports.notices.ofAccount(buyer.accountId, page);
    expect(own.items.map(({ kind }) => kind)).not.toContain('trade_reviewed');
  });

  test('do not lead a reader from the bank reference of a trade to the names of its parties', async () => {
    const { ports, buyer, seller, tradeId, review } = await aTrade();
    granted(await review(tradeId, buyer, 5));
    granted(await review(tradeId, seller, 4));
    for (const username of ['sal', 'ben']) {
      const listed = granted(await listReviews(ports)({ username, page }, undefined));
      expect(listed.items).toHaveLength(1);
      expect(JSON.stringify(listed)).not.toContain(tradeId);
      expect(listed.items[0]).not.toHaveProperty('tradeId');
    }
  });

  test('have the fields of the contract and no other, in pages', async () => {
    const { ports, member, traded, review, buyer, seller, tradeId, pass } = await aTrade();
    granted(await review(tradeId, buyer, 5, 'Fast.'));
    const written = granted(await review(tradeId, seller, 4));
    expect(onTheWire(contract.reviewTrade, written)).toMatchObject({ id: reviewId(tradeId, 'seller') });
    for (const name of ['ann', 'bob']) {
      const other = await member(name);
      const id = await traded(seller, other);
      pass(1);
      granted(await review(id, other, 3));
      granted(await review(id, seller, 5));
    }
    const read = async (request: PageRequest) => {
      const listed = granted(await listReviews(ports)({ username: 'sal', page: request }, undefined));
      const { next: _, ...body } = listed;
      onTheWire(contract.listReviews, body);
      return listed;
    };
    const all = await inPages(({ page: asked }) => read(asked), 1);
    expect(all).toMatchObject([
      { from: { username: 'bob' } },
      { from: { username: 'ann' } },
      { from: { username: 'ben' }, comment: 'Fast.' },
    ]);
  });
});

describe('hidden reviews', () => {
  test('do not show in a profile while an index lags, because they are read by their ids', async () => {
    const { ports, buyer, tradeId, review } = await aTrade();
    granted(await review(tradeId, buyer, 1));
    const { standing, getMany } = ports.reputation;
    const byId = { ...ports, reputation: { standing, getMany } };
    const shown = granted(await getProfile(byId)({ username: 'sal' }, undefined));
    expect(shown).toMatchObject({ reviewCount: 0, countedReviews: 0 });
    expect(shown).not.toHaveProperty('rating');
  });

  test('do not show early if too many are hidden: those are listed once they are revealed, and in no sum', async () => {
    const { ports, seller, buyer, tradeId, review, reviews, profile, pass } = await aTrade();
    const at = ports.clock.now();
    const changes = { subjectId: seller.accountId, at, revealAt: later(at, DAY_MS) };
    for (let n = 0; n < MAX_HIDDEN; n++) await addReview(ports.reputation, reviewWith(changes));
    granted(await review(tradeId, buyer, 1));
    expect(await profile('sal')).toMatchObject({ reviewCount: 0, countedReviews: 0 });
    pass(HIDDEN_MS);
    expect((await reviews('sal'))[0]).toMatchObject({ from: { username: 'ben' }, rating: 1 });
    expect(await profile('sal')).toMatchObject({ reviewCount: 100, rating: 4 });
    const uncounted = (await ports.reputation.ofTrade(tradeId))[0]!;
    const standing = (await ports.reputation.standing(seller.accountId))!;
    expect(withoutReview(standing, uncounted, at)).toEqual({ ...standing, version: standing.version + 1 });
  });

  test('leave the list of a standing with the first write after their time', () => {
    const account = 'sal' as AccountId;
    const [first, second] = [1_000, 2_000].map((time) => reviewWith({ revealAt: asInstant(time) }));
    const one = withReview(newStanding(account), first!, asInstant(0));
    expect(one.hidden).toEqual([{ id: first!.id, until: 1_000 }]);
    expect(withReview(one, second!, asInstant(1_000)).hidden).toEqual([{ id: second!.id, until: 2_000 }]);
    const trade = { amountPiconero: xmr('1'), nth: 1, since: undefined };
    expect(withTrade(one, trade, asInstant(1_000)).hidden).toEqual([]);
    expect(withoutReview(one, first!, asInstant(0)).hidden).toEqual([]);
  });

  test('by one author leave room for those by others, because only three of them have weight', () => {
    const now = asInstant(0);
    const hidden = (n: number, weight: number) => reviewWith({ weight, revealAt: asInstant(n + 1) });
    const all = Array.from({ length: MAX_HIDDEN_WEIGHTLESS }, (_, n) => hidden(n, 0));
    const standing = all.reduce(
      (sum, review) => withReview(sum, review, now),
      newStanding('sal' as AccountId),
    );
    expect(hasRoom(standing, { weight: 0 }, now)).toBe(false);
    expect(hasRoom(standing, { weight: 111 }, now)).toBe(true);
    expect(hasRoom(standing, { weight: 0 }, asInstant(1))).toBe(true);
  });
});

describe('a profile', () => {
  test('exists as soon as the account does', async () => {
    const { member, profile, ports } = aMarket();
    await member('New-One');
    const shown = await profile('new-one');
    expect(shown).toEqual({
      username: 'New-One',
      memberSince: ports.clock.now(),
      tradesCompleted: 0,
      counterparties: 0,
      countedCounterparties: 0,
      volumeBand: 'none',
      disputesLost: 0,
      reviewCount: 0,
      countedReviews: 0,
    });
    expect(await getProfile(ports)({ username: 'nobody' }, undefined)).toEqual({ refused: 'not_found' });
    expect(await listReviews(ports)({ username: 'nobody', page }, undefined)).toEqual({
      refused: 'not_found',
    });
  });

  test('has trades, volume, counterparties and the median of release times', async () => {
    const { member, traded, deliver, profile, pass } = aMarket();
    const seller = await member('sal');
    const buyers = [await member('b-1'), await member('b-2'), await member('b-3')];
    pass(40 * DAY_MS);
    for (const [index, buyer] of buyers.entries()) await traded(seller, buyer, [30, 2, 5][index]);
    await deliver();
    const shown = await profile('sal');
    expect(onTheWire(contract.getProfile, shown)).toMatchObject({
      tradesCompleted: 3,
      counterparties: 3,
      countedCounterparties: 3,
      volumeBand: '1_to_10',
      medianReleaseMinutes: 5,
    });
    expect(await profile('b-1')).not.toHaveProperty('medianReleaseMinutes');
    expect(await profile('b-1')).toMatchObject({ counterparties: 1, volumeBand: '1_to_10' });
  });

  test('counts an event once, however often it is delivered', async () => {
    const { ports, traded, member, profile, pass } = aMarket();
    const [seller, buyer] = [await member('sal'), await member('ben')];
    pass(40 * DAY_MS);
    await traded(seller, buyer);
    pass(1);
    const { items } = await ports.outbox.pending(ports.clock.now(), 9);
    const completed = items.find(({ type }) => type === 'trade_completed')!;
    await Promise.all([1, 2, 3].map(() => countTrade(ports)(completed)));
    expect(await profile('sal')).toMatchObject({ counterparties: 1, countedCounterparties: 1 });
  });

  test.each(['before', 'after'] as const)(
    'counts a trade once if a process dies %s the write',
    async (when) => {
      const { ports, traded, member, profile, deliver } = aMarket();
      const [seller, buyer] = [await member('sal'), await member('ben')];
      await traded(seller, buyer);
      const dead = killedAt(ports, ['reputation'], { call: 'reputation.count', when });
      ports.clock.pass(MINUTE_MS);
      await expect(deliverEvents({ ...ports, subscribers: [countTrade(dead)] })()).rejects.toThrow(Died);
      await deliver();
      expect((await profile('sal')).counterparties).toBe(1);
      expect((await profile('ben')).counterparties).toBe(1);
    },
  );
});

describe('100 fake accounts of one person', () => {
  /** An honest seller's newest accusers, and a swindler who trades with 100 accounts of his own. */
  async function aRing() {
    const market = aMarket();
    const { member, traded, review, pass } = market;
    const swindler = await member('swindler');
    const honest = [];
    for (let n = 0; n < 5; n++) honest.push(await member(`honest-${n}`));
    pass(40 * DAY_MS);
    for (const victim of honest) {
      const id = await traded(swindler, victim);
      granted(await review(id, victim, 1));
      granted(await review(id, swindler, 5));
    }
    const fakes = [];
    for (let n = 0; n < 100; n++) fakes.push(await member(`fake-${n}`));
    return { ...market, swindler, fakes };
  }

  test('weigh as much as one established person while they are new', async () => {
    const { swindler, fakes, traded, review, deliver, profile, pass } = await aRing();
    await deliver();
    const before = await profile('swindler');
    expect(before).toMatchObject({ rating: 1, countedReviews: 5, countedCounterparties: 5 });
    for (const fake of fakes) {
      const id = await traded(swindler, fake);
      granted(await review(id, fake, 5));
      granted(await review(id, swindler, 5));
    }
    await deliver();
    const after = await profile('swindler');
    expect(after).toMatchObject({ tradesCompleted: 105, counterparties: 105, reviewCount: 105 });
    expect(after).toMatchObject({ countedCounterparties: 6, countedReviews: 6, rating: 1.67 });
    // 5 XMR with honest people before, and 100 XMR more with accounts of his own.
    expect(after.volumeBand).toBe(before.volumeBand);

    pass(31 * DAY_MS);
    // What remains possible: 100 accounts that were kept for 30 days, each with a trade of its own.
    expect(await profile('swindler')).toMatchObject({ countedCounterparties: 105, rating: 4.81 });
  }, 60_000);

  test('one accomplice who repeats trades and reviews weighs 1.36 persons, whatever the number', async () => {
    const { swindler, traded, review, deliver, profile, member, pass } = await aRing();
    const accomplice = await member('accomplice');
    pass(40 * DAY_MS);
    for (let n = 0; n < 20; n++) {
      const id = await traded(swindler, accomplice);
      granted(await review(id, accomplice, 5));
      granted(await review(id, swindler, 5));
    }
    await deliver();
    const after = await profile('swindler');
    expect(after).toMatchObject({
      tradesCompleted: 25,
      counterparties: 6,
      countedCounterparties: 6.36,
      countedReviews: 6.36,
    });
    expect(after.rating).toBeCloseTo((5 + 5 * 1.361) / 6.361, 2);
  }, 60_000);
});

describe('the search', () => {
  test('finds names by their beginning, in any case and in pages, in alphabetical order', async () => {
    const { ports, member } = aMarket();
    for (const name of ['Anna', 'andy', 'Bob', 'ANGELA']) await member(name);
    const find = (query: string, limit = 20) =>
      inPages(({ page: asked }) => searchUsers(ports)({ query, page: asked }, undefined), limit);
    const names = async (query: string, limit?: number) =>
      (await find(query, limit)).map(({ username }) => username);
    expect(await names('an')).toEqual(['andy', 'ANGELA', 'Anna']);
    expect(await names('AN', 1)).toEqual(['andy', 'ANGELA', 'Anna']);
    expect(await names('ann')).toEqual(['Anna']);
    expect(await names('xx')).toEqual([]);
  });
});
