import type { AccountId, TradeId } from '#core/ids.ts';
import { hold } from '#core/ledger/ledger.ts';
import type { Proof } from '#core/step-up.ts';
import { asInstant } from '#core/time.ts';
import { advance, expire } from '#core/trades/rules.ts';
import type { PartyStep } from '#core/trades/states.ts';
import { holdOf, type Trade } from '#core/trades/trades.ts';
import { fresh, member, offerWith, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { codeProof, turnedOn } from './proofs.ts';
import { give, type Stores, stores } from './stores.ts';

const now = asInstant(1_000);

/** The offer that every trade here takes, as it was read. */
const offer = offerWith();

const aTrade = (sellerId: AccountId, buyerId: AccountId = fresh()) =>
  tradeWith({ offerId: offer.id, sellerId, buyerId });

describe.each(stores)('trades (%s)', (_, open) => {
  let own: Stores;
  let { trades, ledger, accounts, factors } = {} as Stores;
  beforeAll(async () => {
    own = await open();
    ({ trades, ledger, accounts, factors } = own);
    await own.offers.add(offer);
  });

  async function aSeller(amount: bigint): Promise<AccountId> {
    const account = fresh<AccountId>();
    await give(own, account, amount);
    return account;
  }

  const start = (trade: Trade, answer = rememberedFor(trade.buyerId), taken = offer) =>
    trades.start({
      trade,
      taken,
      moves: [hold(holdOf(trade))],
      events: [],
      remembered: answer,
      maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
    });

  async function step(id: TradeId, name: PartyStep, by: AccountId, proof?: Proof) {
    const advanced = advance((await trades.get(id))!, { name }, member(by), now);
    if (advanced === 'done' || 'refused' in advanced) throw new Error(`no such step: ${name}`);
    return trades.save(advanced, proof);
  }

  test('stores a started trade, and holds the seller’s XMR', async () => {
    const trade = aTrade(await aSeller(5n));
    expect(await start(trade)).toBeUndefined();
    expect(await trades.get(trade.id)).toEqual(trade);
    expect(await ledger.balance(trade.sellerId)).toEqual({ availablePiconero: 3n, heldPiconero: 2n });
  });

  test('stores nothing of a trade that the seller cannot pay', async () => {
    const trade = aTrade(await aSeller(1n));
    expect(await start(trade)).toBe('insufficient_funds');
    expect(await trades.get(trade.id)).toBeUndefined();
    expect(await ledger.balance(trade.sellerId)).toEqual({ availablePiconero: 1n, heldPiconero: 0n });
  });

  test('starts no trade from an offer that changed since it was read', async () => {
    const changed = offerWith();
    await own.offers.add(changed);
    await own.offers.save({ ...changed, state: 'paused', version: 2 });
    const trade = aTrade(await aSeller(5n));
    expect(await start(trade, rememberedFor(trade.buyerId), changed)).toBe('changed_since');
    expect(await trades.get(trade.id)).toBeUndefined();
    expect(await ledger.balance(trade.sellerId)).toEqual({ availablePiconero: 5n, heldPiconero: 0n });
  });

  test('a used idempotency key starts no second trade', async () => {
    const sellerId = await aSeller(5n);
    const [first, second] = [aTrade(sellerId), aTrade(sellerId)];
    const answer = rememberedFor(first.buyerId);
    expect(await start(first, answer)).toBeUndefined();
    expect(await start(second, answer)).toBe('idempotency_key_reused');
    expect(await trades.get(second.id)).toBeUndefined();
  });

  test('starts one of ten trades at once over the same XMR', async () => {
    const sellerId = await aSeller(3n);
    const results = await Promise.all([...Array(10)].map(() => start(aTrade(sellerId))));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(results.filter((result) => result === 'insufficient_funds')).toHaveLength(9);
  });

  test('a received payment moves the XMR to the buyer', async () => {
    const trade = aTrade(await aSeller(5n));
    await start(trade);
    expect(await step(trade.id, 'confirmPaymentSent', trade.buyerId)).toBeUndefined();
    expect(await step(trade.id, 'confirmPaymentReceived', trade.sellerId)).toBeUndefined();
    expect(await ledger.balance(trade.sellerId)).toEqual({ availablePiconero: 3n, heldPiconero: 0n });
    expect(await ledger.balance(trade.buyerId)).toEqual({ availablePiconero: 2n, heldPiconero: 0n });
  });

  test('one code releases one of eight trades at once, and an overtaken step spends none', async () => {
    const sellerId = await aSeller(20n);
    const factor = await turnedOn({ accounts, factors }, sellerId);
    const paid = Array.from({ length: 8 }, () => aTrade(sellerId));
    for (const trade of paid) {
      await start(trade);
      await step(trade.id, 'confirmPaymentSent', trade.buyerId);
    }
    const release = (trade: Trade, code: string) =>
      step(trade.id, 'confirmPaymentReceived', sellerId, codeProof(factor, code));
    const outcomes = await Promise.all(paid.map((trade) => release(trade, 'one')));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'wrong_second_factor')).toHaveLength(7);
    expect(await ledger.balance(sellerId)).toEqual({ availablePiconero: 4n, heldPiconero: 14n });

    const left = paid[outcomes.indexOf('wrong_second_factor')]!;
    const advanced = advance(
      (await trades.get(left.id))!,
      { name: 'confirmPaymentReceived' },
      member(sellerId),
      now,
    );
    if (advanced === 'done' || 'refused' in advanced) throw new Error();
    await step(left.id, 'cancelTrade', left.buyerId);
    const late = trades.save(advanced, codeProof(factor, 'two'));
    expect(await late).toBe('changed_since');
    expect((await factors.get(sellerId))?.recoveryDigests).toEqual(['two']);
  });

  test('writes one of two steps from the same version', async () => {
    const trade = aTrade(await aSeller(5n));
    await start(trade);
    const [cancel, sent] = (['cancelTrade', 'confirmPaymentSent'] as const).map((name) =>
      advance(trade, { name }, member(trade.buyerId), now),
    );
    if (!cancel || !sent || cancel === 'done' || sent === 'done' || 'refused' in cancel || 'refused' in sent)
      throw new Error();
    const results = await Promise.all([trades.save(cancel), trades.save(sent)]);
    expect(results.filter((result) => result === 'changed_since')).toHaveLength(1);
  });

  test('lists overdue unpaid trades until they are paid or expired', async () => {
    const [unpaid, paid] = [aTrade(await aSeller(5n)), aTrade(await aSeller(5n))];
    await start(unpaid);
    await start(paid);
    await step(paid.id, 'confirmPaymentSent', paid.buyerId);
    const late = asInstant(3_000);
    const overdue = async () => (await trades.overdue(late, 1_000)).items.map(({ id }) => id);
    expect((await trades.overdue(now, 1_000)).items).toEqual([]);
    expect(await overdue()).toContain(unpaid.id);
    expect(await overdue()).not.toContain(paid.id);
    const expired = expire(unpaid, late)!;
    await trades.save(expired);
    expect(await overdue()).not.toContain(unpaid.id);
  });

  test('lists a party’s trades of both sides newest first, page by page', async () => {
    const me = await aSeller(100n);
    const mine = [
      aTrade(me),
      aTrade(await aSeller(5n), me),
      aTrade(me),
      aTrade(await aSeller(5n), me),
      aTrade(me),
    ];
    for (const trade of mine) await start(trade);
    const seen: string[] = [];
    let after: Record<string, string> | undefined;
    do {
      const page = await trades.ofParty(me, { limit: 2, ...(after && { after }) });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen).toEqual(mine.map(({ id }) => id).reverse());
  });

  test('lists the trades of given states only, page by page', async () => {
    const me = await aSeller(100n);
    const [open, sent] = [aTrade(me), aTrade(await aSeller(5n), me)];
    await start(open);
    await start(sent);
    await step(sent.id, 'confirmPaymentSent', sent.buyerId);
    const cancelled = [aTrade(me), aTrade(me), aTrade(await aSeller(5n), me)];
    for (const trade of cancelled) {
      await start(trade);
      await step(trade.id, 'cancelTrade', trade.buyerId);
    }
    const inStates = async (...states: Trade['state'][]) =>
      (await trades.ofParty(me, { limit: 2 }, states)).items.map(({ id }) => id);
    expect(await inStates('awaiting_payment')).toEqual([open.id]);
    expect(await inStates('payment_sent')).toEqual([sent.id]);
    expect(await inStates('completed')).toEqual([]);
    expect(await inStates('awaiting_payment', 'payment_sent')).toEqual([sent.id, open.id]);
    const first = await trades.ofParty(me, { limit: 2 }, ['cancelled']);
    const second = await trades.ofParty(me, { limit: 2, after: first.next! }, ['cancelled']);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      cancelled.map(({ id }) => id).reverse(),
    );
    expect(second.next).toBeUndefined();
  });

  /** A trade that its buyer took. */
  const taken = async (takerId: AccountId, sellerId?: AccountId): Promise<Trade> => ({
    ...aTrade(sellerId ?? (await aSeller(5n)), takerId),
    takerId,
  });

  test('starts as many of 50 trades at once as an account may take', async () => {
    const sellerId = await aSeller(500n);
    const taker = fresh<AccountId>();
    const results = await Promise.all([...Array(50)].map(async () => start(await taken(taker, sellerId))));
    expect(results.filter((result) => result === undefined)).toHaveLength(2);
    expect(results.filter((result) => result === 'too_many_open')).toHaveLength(48);
    expect((await ledger.balance(sellerId)).heldPiconero).toBe(4n);
  });

  test.each(['cancelTrade', 'expire', 'confirmPaymentReceived'] as const)(
    'a trade that ends by %s frees a place of its taker',
    async (end) => {
      const taker = fresh<AccountId>();
      const first = await taken(taker);
      for (const trade of [first, await taken(taker)]) expect(await start(trade)).toBeUndefined();
      expect(await start(await taken(taker))).toBe('too_many_open');
      if (end === 'expire') {
        const expired = expire(first, asInstant(3_000))!;
        expect(await trades.save(expired)).toBeUndefined();
      } else if (end === 'cancelTrade') {
        expect(await step(first.id, end, taker)).toBeUndefined();
      } else {
        expect(await step(first.id, 'confirmPaymentSent', taker)).toBeUndefined();
        expect(await start(await taken(taker))).toBe('too_many_open');
        expect(await step(first.id, end, first.sellerId)).toBeUndefined();
      }
      expect(await start(await taken(taker))).toBeUndefined();
      // The first trade that completes, on whichever side, raises the limit.
      const third = await start(await taken(taker));
      expect(third).toBe(end === 'confirmPaymentReceived' ? undefined : 'too_many_open');
      expect(await start(await taken(taker))).toBe('too_many_open');
    },
  );

  test('does not limit the trades of an offer’s owner', async () => {
    const owner = await aSeller(100n);
    for (let count = 0; count < 5; count++)
      expect(await start(await taken(fresh<AccountId>(), owner))).toBeUndefined();
  });

  test('trades from before the limit do not count towards it', async () => {
    const taker = fresh<AccountId>();
    const old = aTrade(await aSeller(5n), taker);
    expect(await start(old)).toBeUndefined();
    for (const trade of [await taken(taker), await taken(taker)]) expect(await start(trade)).toBeUndefined();
    expect(await step(old.id, 'cancelTrade', taker)).toBeUndefined();
    expect(await start(await taken(taker))).toBe('too_many_open');
  });
});
