import type { PaymentAccountEvent } from '#core/events/events.ts';
import type { AccountId, TradeId } from '#core/ids.ts';
import { hold, voided } from '#core/ledger/ledger.ts';
import type { Offer } from '#core/offers/offers.ts';
import { forEachInPages } from '#core/paging.ts';
import { type PaymentAccount, paymentAccountEvent } from '#core/payment-accounts/payment-accounts.ts';
import type { Proof } from '#core/step-up.ts';
import { asInstant, DAY_MS } from '#core/time.ts';
import { advance, expire, moveWindow } from '#core/trades/rules.ts';
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

/** Starts trades of one offer, one after the other. */
async function startEach({ trades }: Stores, taken: Offer, started: readonly Trade[]): Promise<void> {
  for (const trade of started)
    await trades.start({
      trade,
      taken,
      moves: [hold(holdOf(trade))],
      events: [],
      remembered: rememberedFor(trade.buyerId),
      maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
    });
}

describe.each(stores)('trades (%s)', (_, open) => {
  let own: Stores;
  let { trades, ledger, accounts, factors } = {} as Stores;
  beforeAll(async () => {
    own = await open();
    ({ trades, ledger, accounts, factors } = own);
    await own.offers.add(offer);
  });

  async function aSellerIn(stores: Stores, amount: bigint): Promise<AccountId> {
    const account = fresh<AccountId>();
    await give(stores, account, amount);
    return account;
  }
  const aSeller = (amount: bigint) => aSellerIn(own, amount);

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
    const advanced = advance((await trades.get(id))!, { name }, member(by), { now });
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
      { now },
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
      advance(trade, { name }, member(trade.buyerId), { now }),
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
    const expired = expire(unpaid, { now: late })!;
    await trades.save(expired);
    expect(await overdue()).not.toContain(unpaid.id);
  });

  test('keeps what the timer left, and lets one of two runs at once replace it', async () => {
    const { trades } = await open();
    expect(await trades.timer()).toBeUndefined();
    const first = { at: asInstant(1_000), everyMs: 60_000 };
    expect(await trades.setTimer(first, undefined)).toBeUndefined();
    expect(await trades.setTimer(first, undefined)).toBe('changed_since');
    expect(await trades.timer()).toEqual(first);

    const outage = { from: asInstant(1_000), until: asInstant(9_000), isSettled: false };
    const runs = [9_000, 9_001].map((at) => ({ at: asInstant(at), everyMs: 60_000, outage }));
    const results = await Promise.all(runs.map((next) => trades.setTimer(next, first)));
    expect(results.filter((result) => result === 'changed_since')).toHaveLength(1);
    const second = runs[results.indexOf(undefined)]!;
    expect(await trades.timer()).toEqual(second);

    expect(await trades.setTimer(undefined, first)).toBe('changed_since');
    expect(await trades.setTimer(undefined, second)).toBeUndefined();
    expect(await trades.timer()).toBeUndefined();
  });

  test('lists holds that are not settled by age, and settles one alone, once', async () => {
    const own = await open();
    const offered = offerWith();
    await own.offers.add(offered);
    const sellerId = await aSellerIn(own, 20n);
    const held = Array.from({ length: 4 }, (_, n) =>
      tradeWith({ offerId: offered.id, sellerId, createdAt: asInstant(1_000 + n) }),
    );
    await startEach(own, offered, held);
    const idsBefore = async (at: number) => {
      const seen: string[] = [];
      await forEachInPages(
        (page) => own.trades.heldBefore(asInstant(at), { ...page, limit: 2 }),
        async ({ id }) => void seen.push(id),
      );
      return seen;
    };
    expect(await idsBefore(1_003)).toEqual(held.slice(0, 3).map(({ holdId }) => holdId));
    expect(await idsBefore(9_000)).toEqual(held.map(({ holdId }) => holdId));

    const move = voided(holdOf(held[1]!), asInstant(2_000));
    const settled = await Promise.all([own.trades.settleHold(move), own.trades.settleHold(move)]);
    expect(settled.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(settled.filter((outcome) => outcome === 'already_settled')).toHaveLength(1);
    expect(await idsBefore(9_000)).not.toContain(held[1]!.holdId);
    expect(await own.ledger.balance(sellerId)).toEqual({ availablePiconero: 14n, heldPiconero: 6n });
  });

  test('lists all unpaid trades page by page, and moves the window of one', async () => {
    const own = await open();
    const offered = offerWith();
    await own.offers.add(offered);
    const sellerId = await aSellerIn(own, 100n);
    const unpaid = Array.from({ length: 9 }, (_, n) =>
      tradeWith({ offerId: offered.id, sellerId, paymentExpiresAt: asInstant(2_000 + n) }),
    );
    await startEach(own, offered, unpaid);
    const paid = advance(unpaid[0]!, { name: 'confirmPaymentSent' }, member(unpaid[0]!.buyerId), { now });
    if (paid === 'done' || 'refused' in paid) throw new Error();
    await own.trades.save(paid);
    const all = async () => {
      const seen: string[] = [];
      await forEachInPages(
        (page) => own.trades.unpaid({ ...page, limit: 2 }),
        async ({ id }) => void seen.push(id),
      );
      return seen.sort();
    };
    const ids = unpaid.slice(1).map(({ id }) => id);
    expect(await all()).toEqual(ids.sort());

    const outage = { from: asInstant(1_000), until: asInstant(6_000), isSettled: false };
    const moved = moveWindow(unpaid[8]!, outage, asInstant(6_000))!;
    expect(await own.trades.save(moved)).toBeUndefined();
    expect(await own.trades.get(moved.next.id)).toEqual(moved.next);
    expect(moved.next).toMatchObject({ paymentExpiresAt: 7_008, outagesUntil: 6_000, version: 2 });
    expect(await all()).toEqual(ids);
    const late = await own.trades.overdue(asInstant(7_000), 100);
    expect(late.items.map(({ id }) => id)).not.toContain(moved.next.id);
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

  describe('a reference', () => {
    const reference = 'XYZ347';

    test('is given to one of ten open trades of a seller at once, and to those of others', async () => {
      const sellerId = await aSeller(100n);
      const results = await Promise.all([...Array(10)].map(() => start({ ...aTrade(sellerId), reference })));
      expect(results.filter((result) => result === undefined)).toHaveLength(1);
      expect(results.filter((result) => result === 'changed_since')).toHaveLength(9);
      expect((await ledger.balance(sellerId)).heldPiconero).toBe(2n);
      expect(await start({ ...aTrade(await aSeller(5n)), reference })).toBeUndefined();
    });

    test('is free again when its trade has ended, and stays reserved until then', async () => {
      const trade = { ...aTrade(await aSeller(100n)), reference };
      const again = () => start({ ...aTrade(trade.sellerId), reference });
      expect(await start(trade)).toBeUndefined();
      expect(await trades.get(trade.id)).toEqual(trade);
      await step(trade.id, 'confirmPaymentSent', trade.buyerId);
      expect(await again()).toBe('changed_since');
      await step(trade.id, 'confirmPaymentReceived', trade.sellerId);
      expect(await again()).toBeUndefined();
      expect(await again()).toBe('changed_since');
    });

    test('the end of an older trade, which reserved none, frees none', async () => {
      const older = aTrade(await aSeller(100n));
      expect(await start(older)).toBeUndefined();
      expect(await start({ ...aTrade(older.sellerId), reference })).toBeUndefined();
      await step(older.id, 'cancelTrade', older.buyerId);
      expect(await start({ ...aTrade(older.sellerId), reference })).toBe('changed_since');
    });
  });

  describe('payment details', () => {
    const sealedDetails = 'sealed';
    const DAYS_30 = 30 * DAY_MS;

    /** A stored payment account of a seller. */
    async function anAccountOf(accountId: AccountId) {
      const { paymentAccounts } = own;
      const next: PaymentAccount = {
        id: fresh(),
        accountId,
        method: 'sepa',
        sealedDetails: 'sealed',
        createdAt: now,
        updatedAt: now,
        version: 1,
      };
      const change = (type: PaymentAccountEvent['type'], version: number) => {
        const changed = { ...next, version };
        return { next: changed, event: paymentAccountEvent(type, changed) };
      };
      await paymentAccounts.add(change('payment_account_added', 1), undefined);
      return {
        account: next,
        change: () => paymentAccounts.save(change('payment_account_changed', 2), undefined),
        remove: () => paymentAccounts.remove(change('payment_account_removed', 2), undefined),
      };
    }
    const startCopying = (trade: Trade, copied: PaymentAccount) =>
      trades.start({
        trade,
        taken: offer,
        copied,
        moves: [hold(holdOf(trade))],
        events: [],
        remembered: rememberedFor(trade.buyerId),
        maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
      });

    test.each(['change', 'remove'] as const)(
      'a trade copies those that were read, or starts not at all: %s',
      async (name) => {
        const sellerId = await aSeller(100n);
        const { account, ...happens } = await anAccountOf(sellerId);
        const inTime = { ...aTrade(sellerId), sealedDetails };
        expect(await startCopying(inTime, account)).toBeUndefined();
        expect(await trades.get(inTime.id)).toEqual(inTime);
        expect(await happens[name]()).toBeUndefined();
        const late = { ...aTrade(sellerId), sealedDetails };
        expect(await startCopying(late, account)).toBe('changed_since');
        expect(await trades.get(late.id)).toBeUndefined();
        expect((await ledger.balance(sellerId)).heldPiconero).toBe(2n);
      },
    );

    test('of a trade that starts while the account is removed, one write is first', async () => {
      const sellerId = await aSeller(100n);
      const { account, remove } = await anAccountOf(sellerId);
      const trade = { ...aTrade(sellerId), sealedDetails };
      const [started, removed] = await Promise.all([startCopying(trade, account), remove()]);
      expect(removed).toBeUndefined();
      expect([undefined, 'changed_since']).toContain(started);
      expect(await trades.get(trade.id)).toEqual(started === undefined ? trade : undefined);
    });

    test('are listed once they were kept for their time after the end, until they are erased', async () => {
      const [paid, open, bare] = [
        { ...aTrade(await aSeller(5n)), sealedDetails },
        { ...aTrade(await aSeller(5n)), sealedDetails },
        aTrade(await aSeller(5n)),
      ];
      for (const trade of [paid, open, bare]) await start(trade);
      for (const trade of [paid, bare]) await step(trade.id, 'cancelTrade', trade.buyerId);
      const listed = async (at: number) =>
        (await trades.withOldDetails(asInstant(at), 1_000)).items.map(({ id }) => id);
      expect(await listed(now + DAYS_30)).not.toContain(paid.id);
      const due = await listed(now + DAYS_30 + 1);
      expect(due).toContain(paid.id);
      for (const trade of [open, bare]) expect(due).not.toContain(trade.id);

      const read = (await trades.get(paid.id))!;
      expect(read.sealedDetails).toBe(sealedDetails);
      await trades.eraseDetails(read);
      await trades.eraseDetails(read);
      const { sealedDetails: _, ...left } = read;
      expect(await trades.get(paid.id)).toEqual(left);
      expect(await listed(now + DAYS_30 + 1)).not.toContain(paid.id);
    });

    test('an unknown trade has none to erase, and is not made', async () => {
      const unknown = aTrade(fresh());
      await trades.eraseDetails(unknown);
      expect(await trades.get(unknown.id)).toBeUndefined();
    });
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
        const expired = expire(first, { now: asInstant(3_000) })!;
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
