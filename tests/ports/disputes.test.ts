import type { AccountId, AuditEntryId, TradeId } from '#core/ids.ts';
import { hold } from '#core/ledger/ledger.ts';
import type { AuditEntry } from '#core/moderation/audit-log.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant } from '#core/time.ts';
import { type Advanced, advance, expire, type Person, type Taken } from '#core/trades/rules.ts';
import type { PartyStep } from '#core/trades/states.ts';
import { holdOf, type Trade } from '#core/trades/trades.ts';
import { accountWith, fresh, member, offerWith, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { codeProof, turnedOn } from './proofs.ts';
import { give, type Stores, stores } from './stores.ts';

const offer = offerWith();

describe.each(stores)('disputes (%s)', (_, open) => {
  let own: Stores;
  let { trades, disputes, ledger, moderation } = {} as Stores;
  beforeAll(async () => {
    own = await open();
    ({ trades, disputes, ledger, moderation } = own);
    await own.offers.add(offer);
  });

  const decided = (trade: Trade, taken: Taken, person: Person, at = 1_500) => {
    const advanced = advance(trade, taken, person, { now: asInstant(at) });
    if (advanced === 'done' || 'refused' in advanced) throw new Error(`not accepted: ${taken.name}`);
    return advanced;
  };

  /** A stored trade of 10 piconero that awaits its payment. */
  async function aTrade(): Promise<Trade> {
    const sellerId = fresh<AccountId>();
    await give(own, sellerId, 12n);
    const buyerId = fresh<AccountId>();
    for (const id of [sellerId, buyerId]) await own.accounts.add(accountWith({ id }));
    const trade = tradeWith({
      offerId: offer.id,
      buyerId,
      sellerId,
      takerId: buyerId,
      amountPiconero: asPiconero(10n),
      terms: 'be kind',
    });
    await trades.start({
      trade,
      taken: offer,
      moves: [hold(holdOf(trade))],
      events: [],
      remembered: rememberedFor(buyerId),
      maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
    });
    return trade;
  }

  const paid = (trade: Trade) => decided(trade, { name: 'confirmPaymentSent' }, member(trade.buyerId)).next;
  const asked = (trade: Trade) =>
    decided(paid(trade), { name: 'requestCancellation' }, member(trade.buyerId)).next;

  /** A stored trade of 10 piconero whose seller has opened a dispute. */
  async function aDispute(at = 1_500): Promise<Trade> {
    const begun = await aTrade();
    const sent = decided(begun, { name: 'confirmPaymentSent' }, member(begun.buyerId));
    await trades.save(sent);
    const argued = decided(
      sent.next,
      { name: 'openDispute', reason: 'no money' },
      member(begun.sellerId),
      at,
    );
    await trades.save(argued);
    return (await trades.get(begun.id))!;
  }

  const arbitrator = (): Person => ({ accountId: fresh<AccountId>(), isModerator: true });
  const entryOf = (tradeId: TradeId, part: bigint): AuditEntry => ({
    id: fresh<AuditEntryId>(),
    at: asInstant(1_600),
    by: { role: 'moderator', accountId: fresh<AccountId>(), username: 'mod-a' },
    act: 'resolve',
    reason: 'half and half',
    tradeId,
    buyerPiconero: asPiconero(part),
  });
  const decision = (part: bigint): Taken => ({
    name: 'resolveDispute',
    buyerPiconero: asPiconero(part),
    note: 'half and half',
  });
  const entriesOf = async (tradeId: TradeId) =>
    (await moderation.log({ limit: 100 })).items.filter((entry) => entry.tradeId === tradeId);

  test.each([0n, 4n, 10n])(
    'a decision for %s of 10 settles the hold, and is in the audit log',
    async (part) => {
      const trade = await aDispute();
      const entry = entryOf(trade.id, part);
      const { next, ...rest } = decided(trade, decision(part), arbitrator());
      expect(await disputes.resolve({ next, ...rest }, entry)).toBeUndefined();
      expect(await trades.get(trade.id)).toEqual(next);
      expect(await ledger.balance(trade.buyerId)).toEqual({ availablePiconero: part, heldPiconero: 0n });
      expect(await ledger.balance(trade.sellerId)).toEqual({
        availablePiconero: 12n - part,
        heldPiconero: 0n,
      });
      expect(await entriesOf(trade.id)).toEqual([entry]);
    },
  );

  test.each([
    [0n, 1, undefined],
    [10n, undefined, 1],
    [4n, undefined, undefined],
  ])(
    'a decision for %s of 10: the buyer has lost %s disputes, and the seller %s',
    async (part, ofBuyer, ofSeller) => {
      const trade = await aDispute();
      await disputes.resolve(decided(trade, decision(part), arbitrator()), entryOf(trade.id, part));
      const people = await own.people.getMany([trade.buyerId, trade.sellerId]);
      expect(people.get(trade.buyerId)?.disputesLost).toBe(ofBuyer);
      expect(people.get(trade.sellerId)?.disputesLost).toBe(ofSeller);
    },
  );

  test('of two decisions at once, one is written, with one entry of the audit log', async () => {
    const trade = await aDispute();
    const results = await Promise.all(
      [2n, 8n].map((part) =>
        disputes.resolve(decided(trade, decision(part), arbitrator()), entryOf(trade.id, part)),
      ),
    );
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(results.filter((result) => result === 'changed_since')).toHaveLength(1);
    const entries = await entriesOf(trade.id);
    expect(entries).toHaveLength(1);
    expect((await ledger.balance(trade.buyerId)).availablePiconero).toBe(entries[0]!.buyerPiconero);
  });

  const byParties = (trade: Trade): [string, Taken, Person][] => [
    ['the buyer gives in', { name: 'cancelTrade' }, member(trade.buyerId)],
    ['the seller gives in', { name: 'confirmPaymentReceived' }, member(trade.sellerId)],
    ['the buyer asks for the end', { name: 'requestCancellation' }, member(trade.buyerId)],
  ];
  test.each([0, 1, 2])('of a decision and a step of a party at once, one is written (%i)', async (which) => {
    const trade = await aDispute();
    const [, taken, person] = byParties(trade)[which]!;
    const results = await Promise.all([
      disputes.resolve(decided(trade, decision(5n), arbitrator()), entryOf(trade.id, 5n)),
      trades.save(decided(trade, taken, person)),
    ]);
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(await entriesOf(trade.id)).toHaveLength(results[0] === undefined ? 1 : 0);
  });

  type Pair = [first: (trade: Trade) => Advanced, second: (trade: Trade) => Advanced];
  const step = (name: PartyStep, by: 'buyer' | 'seller') => (trade: Trade) =>
    decided(trade, { name }, member(by === 'buyer' ? trade.buyerId : trade.sellerId));
  const argue = (trade: Trade) =>
    decided(trade, { name: 'openDispute', reason: 'no' }, member(trade.buyerId));
  const expiry = (trade: Trade) => expire(trade, { now: trade.paymentExpiresAt })!;

  test.each<[string, Pair, (trade: Trade) => Trade]>([
    ['cancel and received', [step('cancelTrade', 'buyer'), step('confirmPaymentReceived', 'seller')], paid],
    ['expiry and sent', [expiry, step('confirmPaymentSent', 'buyer')], (trade) => trade],
    ['accepted end and dispute', [step('acceptCancellation', 'seller'), argue], asked],
    [
      'retracted and accepted end',
      [step('retractCancellation', 'buyer'), step('acceptCancellation', 'seller')],
      asked,
    ],
  ])('of %s at once, one is written, and the hold is settled at most once', async (_, pair, prepared) => {
    const begun = await aTrade();
    const from = prepared(begun);
    // Each version must be written, because a store refuses to skip one.
    for (let version = begun.version + 1; version <= from.version; version += 1)
      await trades.save({ next: { ...from, version }, moves: [], events: [] });
    const advanced = pair.map((take) => take(from));
    const results = await Promise.all(advanced.map((one) => trades.save(one)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(results.filter((result) => result === 'changed_since')).toHaveLength(1);
    const { next, moves } = advanced[results.indexOf(undefined)]!;
    expect(await trades.get(from.id)).toEqual(next);
    const { heldPiconero } = await ledger.balance(from.sellerId);
    expect(heldPiconero).toBe(moves.length ? 0n : 10n);
  });

  test('a wrong second factor writes nothing', async () => {
    const trade = await aDispute();
    const { accountId } = arbitrator();
    const proof = codeProof(await turnedOn(own, accountId), 'one');
    const advanced = decided(trade, decision(5n), { accountId, isModerator: true });
    await own.factors.spend(proof);
    expect(await disputes.resolve(advanced, entryOf(trade.id, 5n), proof)).toBe('wrong_second_factor');
    expect(await trades.get(trade.id)).toEqual(trade);
    expect(await entriesOf(trade.id)).toEqual([]);
  });

  test('lists open disputes newest first, page by page, until they end', async () => {
    const all = [await aDispute(9_001), await aDispute(9_002), await aDispute(9_003)];
    const first = await disputes.list(true, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([all[2]!.id, all[1]!.id]);
    const second = await disputes.list(true, { limit: 1, after: first.next! });
    expect(second.items.map(({ id }) => id)).toEqual([all[0]!.id]);
    await disputes.resolve(decided(all[2]!, decision(5n), arbitrator()), entryOf(all[2]!.id, 5n));
    await trades.save(decided(all[1]!, { name: 'cancelTrade' }, member(all[1]!.buyerId)));
    expect((await disputes.list(true, { limit: 1 })).items.map(({ id }) => id)).toEqual([all[0]!.id]);
    const closed = await disputes.list(false, { limit: 2 });
    expect(closed.items.map(({ id, state }) => [id, state])).toEqual([
      [all[2]!.id, 'resolved'],
      [all[1]!.id, 'cancelled'],
    ]);
  });

  test('a deleted party leaves no reason of its own dispute, and keeps that of the other party', async () => {
    const trade = await aDispute();
    await trades.save(decided(trade, { name: 'cancelTrade' }, member(trade.buyerId)));
    const ended = (await trades.get(trade.id))!;
    await trades.forgetParty(ended, trade.buyerId);
    expect((await trades.get(trade.id))?.dispute?.reason).toBe('no money');
    await trades.forgetParty(ended, trade.sellerId);
    expect((await trades.get(trade.id))?.dispute?.reason).toBe('');
  });

  test('keeps every field of a trade whose end a party has asked for', async () => {
    const trade = await aDispute();
    const asked = decided(trade, { name: 'requestCancellation' }, member(trade.sellerId));
    await trades.save(asked);
    expect(await trades.get(trade.id)).toEqual(asked.next);
    const retracted = decided(asked.next, { name: 'retractCancellation' }, member(trade.sellerId));
    await trades.save(retracted);
    const stored = (await trades.get(trade.id))!;
    expect(stored).toEqual(retracted.next);
    expect(stored).not.toHaveProperty('cancellationAskedBy');
  });
});
