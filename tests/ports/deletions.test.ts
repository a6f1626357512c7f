import { type Account, changed } from '#core/accounts/accounts.ts';
import type { AccountId } from '#core/ids.ts';
import { hold } from '#core/ledger/ledger.ts';
import type { Deletion } from '#core/privacy/deletions.ts';
import { asInstant } from '#core/time.ts';
import { advance } from '#core/trades/rules.ts';
import { holdOf, type Trade } from '#core/trades/trades.ts';
import {
  accountWith,
  depositWith,
  fresh,
  member,
  offerWith,
  rememberedFor,
  tradeWith,
} from '#tests/helpers/entities.ts';
import { codeProof, turnedOn } from './proofs.ts';
import { give, type Stores, stores } from './stores.ts';

const AT = asInstant(5_000);
const LATER = asInstant(6_000);

const deletionOf = (account: Account, changes: Partial<Deletion> = {}): Deletion => ({
  accountId: account.id,
  at: AT,
  nameDigest: `digest of ${account.username}`,
  ...changes,
});

describe.each(stores)('deletions (%s)', (_, open) => {
  let own: Stores;
  let { accounts, deletions, people, factors, trades, deposits, offers, ledger } = {} as Stores;
  beforeAll(async () => {
    own = await open();
    ({ accounts, deletions, people, factors, trades, deposits, offers, ledger } = own);
  });

  async function anAccount(changes: Partial<Account> = {}): Promise<Account> {
    const account = accountWith(changes);
    await accounts.add(account);
    return account;
  }

  /** A trade in which the buyer's offer was taken by the seller, or the seller's by the buyer. */
  async function started(
    { buyerId = fresh<AccountId>(), sellerId }: { buyerId?: AccountId; sellerId: AccountId },
    takerId: AccountId,
    more: Partial<Trade> = {},
  ) {
    const offer = offerWith({ side: takerId === sellerId ? 'buy' : 'sell' });
    await offers.add(offer);
    const trade = tradeWith({
      offerId: offer.id,
      buyerId,
      sellerId,
      takerId,
      ...(takerId === sellerId && { countsForMaker: true as const }),
      ...more,
    });
    const outcome = await trades.start({
      trade,
      taken: offer,
      moves: [hold(holdOf(trade))],
      events: [],
      remembered: { ...rememberedFor(takerId, more.startKey), operation: 'startTrade' },
      maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
    });
    return { trade, outcome };
  }

  const funded = async (account = fresh<AccountId>()) => {
    await give(own, account, 2n);
    return account;
  };

  test('closes an account: its name stays taken, its address is free, and nobody finds it', async () => {
    const account = await anAccount();
    const email = `${fresh()}@pupero.test`;
    const named = changed(account, { email, displayName: 'Ann B.' });
    await accounts.save({ next: named, events: [], emails: { next: email }, renames: true });
    expect(await deletions.begin(named, deletionOf(named), undefined)).toBeUndefined();
    expect(await accounts.get(account.id)).toBeUndefined();
    expect(await accounts.byUsername(account.username)).toBeUndefined();
    expect(await accounts.byEmail(email)).toBeUndefined();
    expect(await accounts.add(accountWith({ username: account.username.toUpperCase() }))).toBe(
      'username_taken',
    );
    expect((await people.getMany([account.id])).get(account.id)).toEqual({
      username: 'deleted',
      tradesCompleted: 0,
      since: account.createdAt,
    });
    expect(await accounts.save({ next: changed(named, { language: 'fr' }), events: [] })).toBe(
      'changed_since',
    );
    const other = await anAccount();
    const emails = { next: email };
    expect(await accounts.save({ next: changed(other, { email }), events: [], emails })).toBeUndefined();
  });

  test('one of a change and a deletion at once is written', async () => {
    const account = await anAccount();
    const outcomes = await Promise.all([
      accounts.save({ next: changed(account, { language: 'fr' }), events: [] }),
      deletions.begin(account, deletionOf(account), undefined),
    ]);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes).toContain('changed_since');
  });

  test('spends the proof, once', async () => {
    const id = fresh<AccountId>();
    const factor = await turnedOn({ accounts, factors }, id);
    const account = (await accounts.get(id))!;
    const begin = (code: string) => deletions.begin(account, deletionOf(account), codeProof(factor, code));
    expect(await begin('three')).toBe('wrong_second_factor');
    expect(await begin('one')).toBeUndefined();
    await factors.remove(id);
    await factors.remove(id);
    expect(await factors.get(id)).toBeUndefined();
  });

  test('refuses an account with XMR, also held, and with a deposit that arrives', async () => {
    const [rich, arriving] = [await anAccount(), await anAccount()];
    await give(own, rich.id, 2n);
    expect(await deletions.begin(rich, deletionOf(rich), undefined)).toBe('xmr');
    await started({ sellerId: rich.id }, fresh<AccountId>());
    expect(await deletions.begin(rich, deletionOf(rich), undefined)).toMatch(/^(xmr|openTrades)$/);
    await deposits.add(depositWith({ accountId: arriving.id }), []);
    expect(await deletions.begin(arriving, deletionOf(arriving), undefined)).toBe('pendingDepositsXmr');
    expect(await accounts.get(arriving.id)).toEqual(arriving);
  });

  test.each(['taker', 'maker'])('refuses a buying %s while the trade is open', async (side) => {
    const account = await anAccount();
    const sellerId = await funded();
    const { trade } = await started(
      { buyerId: account.id, sellerId },
      side === 'taker' ? account.id : sellerId,
    );
    expect(await deletions.begin(account, deletionOf(account), undefined)).toBe('openTrades');
    const advanced = advance(trade, { name: 'cancelTrade' }, member(account.id), { now: asInstant(1_500) });
    if (advanced === 'done' || 'refused' in advanced) throw new Error('not cancelled');
    expect(await trades.save(advanced)).toBeUndefined();
    expect(await deletions.begin(account, deletionOf(account), undefined)).toBeUndefined();
  });

  test.each(['taker', 'maker'])('one of a deletion of a buying %s and a trade at once wins', async (side) => {
    const rounds = [];
    for (let round = 0; round < 5; round += 1) {
      const account = await anAccount();
      const sellerId = await funded();
      const [{ outcome }, deleted] = await Promise.all([
        started({ buyerId: account.id, sellerId }, side === 'taker' ? account.id : sellerId),
        deletions.begin(account, deletionOf(account), undefined),
      ]);
      rounds.push({ outcome, deleted, held: (await ledger.balance(sellerId)).heldPiconero });
    }
    for (const { outcome, deleted, held } of rounds)
      expect([
        { outcome: undefined, deleted: 'openTrades', held: 2n },
        { outcome: side === 'taker' ? 'too_many_open' : 'maker_deleted', deleted: undefined, held: 0n },
      ]).toContainEqual({ outcome, deleted, held });
  });

  test('one of a deletion and a deposit at once wins', async () => {
    const account = await anAccount();
    const [, deleted] = await Promise.all([
      deposits.add(depositWith({ accountId: account.id }), []),
      deletions.begin(account, deletionOf(account), undefined),
    ]);
    // A deposit is stored in either case, because the coins have arrived.
    expect([undefined, 'pendingDepositsXmr']).toContain(deleted);
    expect(await deposits.pending(account.id)).toBe(7n);
  });

  test('lists deletions oldest first until they are finished, with the last mail until it is queued', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const letter = {
      email: 'a@pupero.test',
      username: 'a',
      language: 'en' as const,
      antiPhishingPhrase: 'blue whale',
    };
    const first = deletionOf(one, { at: asInstant(1_000), letter });
    const second = deletionOf(other, { at: asInstant(2_000) });
    await deletions.begin(other, second, undefined);
    await deletions.begin(one, first, undefined);
    const mine = async () =>
      (await deletions.begunBefore(LATER, 100)).filter(({ accountId }) =>
        [one.id, other.id].includes(accountId),
      );
    expect(await mine()).toEqual([first, second]);
    expect(await deletions.begunBefore(asInstant(1_000), 100)).toEqual([]);
    expect((await deletions.begunBefore(LATER, 1))[0]).toEqual(first);
    await deletions.mailed(first);
    const { letter: _letter, ...mailed } = first;
    expect(await mine()).toEqual([mailed, second]);
    await deletions.finish(first);
    await deletions.finish(first);
    await deletions.finish(second);
    expect(await mine()).toEqual([]);
  });

  test("erases a maker's terms, and the names in the stored answer, of an ended trade", async () => {
    const [maker, taker] = [await funded(), fresh<AccountId>()];
    const startKey = fresh<string>();
    const { trade } = await started({ sellerId: maker, buyerId: taker }, taker, {
      terms: 'ask for Ann',
      startKey,
    });
    await trades.forgetParty(trade, taker);
    expect((await trades.get(trade.id))?.terms).toBe('ask for Ann');
    await trades.forgetParty(trade, maker);
    await trades.forgetParty(trade, maker);
    const { terms: _terms, ...left } = trade;
    expect(await trades.get(trade.id)).toEqual(left);
  });

  test('erases the payment details of an ended trade with its seller, and not with its buyer', async () => {
    const [maker, taker] = [await funded(), fresh<AccountId>()];
    const { trade } = await started({ sellerId: maker, buyerId: taker }, taker, { sealedDetails: 'sealed' });
    await trades.forgetParty(trade, taker);
    expect((await trades.get(trade.id))?.sealedDetails).toBe('sealed');
    await trades.forgetParty(trade, maker);
    await trades.forgetParty(trade, maker);
    const { sealedDetails: _details, ...left } = trade;
    expect(await trades.get(trade.id)).toEqual(left);
  });

  test('removes an offer, also a second time', async () => {
    const offer = offerWith();
    await offers.add(offer);
    await offers.remove(offer.id);
    await offers.remove(offer.id);
    expect(await offers.get(offer.id)).toBeUndefined();
    expect((await offers.ofOwner(offer.ownerId, { limit: 10 })).items).toEqual([]);
  });

  test('lists and removes what one username has signed in from', async () => {
    const { knownPlaces } = own;
    const name = fresh<string>();
    const keys = ['#10.0.0.1', '#2001:db8:0:0::/64', '#device#abc'].map((place) => `${name}${place}`);
    for (const key of keys) await knownPlaces.add(key, LATER);
    await knownPlaces.add(`${name}x#10.0.0.1`, LATER);
    const first = await knownPlaces.ofName(name, { limit: 2 });
    expect(first.items).toHaveLength(2);
    const rest = await knownPlaces.ofName(name, { limit: 2, after: first.next! });
    expect([...first.items, ...rest.items].map(({ key }) => key).sort()).toEqual([...keys].sort());
    for (const key of keys) await knownPlaces.remove(key);
    expect((await knownPlaces.ofName(name, { limit: 2 })).items).toEqual([]);
    expect(await knownPlaces.has(`${name}x#10.0.0.1`, AT)).toBe(true);
  });

  test('lists the addresses that an account was given', async () => {
    const { addresses } = own;
    const account = fresh<AccountId>();
    await addresses.addFree([1, 2, 3].map((minor) => ({ address: `address ${fresh()}`, major: 0, minor })));
    const given = [await addresses.currentOrFirst(account)];
    const assigned = await addresses.assign(account, 20);
    given.push(typeof assigned === 'object' ? assigned.address : assigned);
    const first = await addresses.ofAccount(account, { limit: 1 });
    const rest = await addresses.ofAccount(account, { limit: 1, after: first.next! });
    expect([...first.items, ...rest.items].sort()).toEqual(given.sort());
  });
});
