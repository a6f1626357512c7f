import type { Heartbeat } from '#core/chain/heartbeat.ts';
import type { Credited, Deposit, DepositState, Reversed, Seen } from '#core/deposits/deposits.ts';
import type { WatchState } from '#core/deposits/ports.ts';
import type { AccountId, DepositId, TransferId } from '#core/ids.ts';
import { houseAccount, type TransferKind, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant } from '#core/time.ts';
import { depositWith, fresh } from '#tests/helpers/entities.ts';
import { type Stores, stores } from './stores.ts';

/** A deposit of the most that an amount can be. */
const aDeposit = <S extends DepositState = 'seen'>(
  accountId: AccountId,
  changes: { state?: S } & Partial<Omit<Seen, 'state'>> = {},
) => depositWith({ accountId, amountPiconero: asPiconero(18_446_744_073_709_551_615n), ...changes });

const credit = (deposit: Deposit) =>
  transfer({
    id: deposit.transferId,
    kind: 'deposit',
    debit: houseAccount('deposits'),
    credit: userAccount(deposit.accountId),
    amountPiconero: deposit.amountPiconero,
    createdAt: asInstant(1),
    depositId: deposit.id,
  });

const reversal = (deposit: Deposit, kind: TransferKind) =>
  transfer({
    id: fresh<TransferId>(),
    kind,
    debit: userAccount(deposit.accountId),
    credit: houseAccount('deposits'),
    amountPiconero: deposit.amountPiconero,
    createdAt: asInstant(3),
    depositId: deposit.id,
  });

describe.each(stores)('deposits, addresses and heartbeats (%s)', (_, open) => {
  let ports: Stores;
  beforeAll(async () => {
    ports = await open();
  });

  test('stores a deposit once, and counts it as pending', async () => {
    const account = fresh<AccountId>();
    const deposit = aDeposit(account, { minedHeight: 7 });
    await ports.deposits.add(deposit, []);
    await ports.deposits.add({ ...deposit, amountPiconero: asPiconero(1n) }, []);
    expect((await ports.deposits.getMany([deposit.id])).items).toEqual([deposit]);
    expect(await ports.deposits.pending(account)).toBe(deposit.amountPiconero);
    expect(await ports.deposits.pending(fresh<AccountId>())).toBe(0n);
  });

  test('writes one of three credits at once, and the deposit is no longer pending', async () => {
    const account = fresh<AccountId>();
    const from = aDeposit(account);
    await ports.deposits.add(from, []);
    const to: Deposit = { ...from, state: 'credited', minedHeight: 7, creditedAt: asInstant(2), version: 2 };
    const save = () => ports.deposits.save({ from, to, moves: [credit(from)], events: [] });
    const outcomes = await Promise.all([save(), save(), save()]);
    expect(outcomes.sort()).toEqual(['changed_since', 'changed_since', undefined]);
    expect((await ports.deposits.getMany([from.id])).items).toEqual([to]);
    expect(await ports.deposits.pending(account)).toBe(0n);
    expect(await ports.ledger.balance(account)).toEqual({
      availablePiconero: from.amountPiconero,
      heldPiconero: 0n,
    });
  });

  test('lists an account’s deposits newest first, page by page', async () => {
    const account = fresh<AccountId>();
    const times = [5, 3, 9].map((at) => aDeposit(account, { seenAt: asInstant(at) }));
    for (const deposit of times) await ports.deposits.add(deposit, []);
    const first = await ports.deposits.ofAccount(account, { limit: 2 });
    expect(first.items.map(({ seenAt }) => seenAt)).toEqual([9, 5]);
    const second = await ports.deposits.ofAccount(account, { limit: 2, after: first.next! });
    expect(second.items.map(({ seenAt }) => seenAt)).toEqual([3]);
  });

  test('only a reversal takes back an amount that was spent, below zero', async () => {
    const account = fresh<AccountId>();
    const from = aDeposit(account, { amountPiconero: asPiconero(10n) });
    await ports.deposits.add(from, []);
    const credited: Credited = {
      ...from,
      state: 'credited',
      minedHeight: 7,
      creditedAt: asInstant(2),
      version: 2,
    };
    await ports.deposits.save({ from, to: credited, moves: [credit(from)], events: [] });
    const spent = transfer({
      id: fresh<TransferId>(),
      kind: 'internal',
      debit: userAccount(account),
      credit: userAccount(fresh<AccountId>()),
      amountPiconero: asPiconero(8n),
      createdAt: asInstant(2),
    });
    const spending: Credited = { ...credited, version: 3 };
    await ports.deposits.save({ from: credited, to: spending, moves: [spent], events: [] });
    const reversed: Reversed = { ...spending, state: 'reversed', endedAt: asInstant(3), version: 4 };
    const back = (kind: TransferKind) => ({
      from: spending,
      to: reversed,
      moves: [reversal(from, kind)],
      events: [],
    });
    await expect(ports.deposits.save(back('deposit'))).rejects.toThrow('insufficient_funds');
    const outcomes = await Promise.all([
      ports.deposits.save(back('deposit_reversal')),
      ports.deposits.save(back('deposit_reversal')),
    ]);
    expect(outcomes.sort()).toEqual(['changed_since', undefined]);
    expect((await ports.ledger.balance(account)).availablePiconero).toBe(-8n);
    expect(await ports.deposits.pending(account)).toBe(0n);
  });

  test('lists open deposits, credited ones by block, locked ones by unlocking, and no ended ones', async () => {
    const account = fresh<AccountId>();
    const [from, to] = [5_000_000, 5_000_100];
    const inPool = aDeposit(account);
    const young = aDeposit(account, { minedHeight: from + 1 });
    const credited = aDeposit(account, { state: 'credited', minedHeight: from });
    const above = aDeposit(account, { state: 'credited', minedHeight: to });
    const locked = aDeposit(account, { minedHeight: from + 2, unlockHeight: 5_000_500 });
    const forEver = aDeposit(account, { minedHeight: from + 3, unlockHeight: 490_000_000 });
    const until = aDeposit(account, {
      minedHeight: from + 4,
      unlockAt: asInstant(253_402_300_799_000),
    });
    const ended = [aDeposit(account, { state: 'dropped' }), aDeposit(account, { state: 'reversed' })];
    for (const one of [inPool, young, credited, above, locked, forEver, until, ...ended])
      await ports.deposits.add(one, []);

    const idsOf = (found: readonly { id: DepositId }[]) => found.map(({ id }) => id);
    const open = (await ports.deposits.open()).items;
    expect(open).toEqual(expect.arrayContaining([inPool, young]));
    for (const other of [credited, locked, forEver, ...ended]) expect(idsOf(open)).not.toContain(other.id);
    expect(await ports.deposits.creditedIn({ from, to })).toEqual([{ id: credited.id, minedHeight: from }]);
    expect(await ports.deposits.lockedSince(from + 3)).toEqual([
      { id: forEver.id, minedHeight: from + 3 },
      { id: until.id, minedHeight: from + 4 },
    ]);
    const at = (height: number, time = 0) => ports.deposits.unlocking({ height, at: asInstant(time) }, 5);
    expect(await at(5_000_499)).toEqual([]);
    expect(await at(5_000_500)).toEqual([locked.id]);
    expect(await at(490_000_000)).toEqual([locked.id, forEver.id]);
    expect(await at(0, 253_402_300_799_000)).toEqual([until.id]);
    expect((await ports.deposits.getMany(idsOf([until, forEver]))).items).toEqual([until, forEver]);
  });

  test('a range that ends before it begins holds no deposit', async () => {
    await ports.deposits.add(aDeposit(fresh<AccountId>(), { state: 'credited', minedHeight: 6_000_000 }), []);
    expect(await ports.deposits.creditedIn({ from: 6_000_001, to: 6_000_000 })).toEqual([]);
  });

  test('of the locked deposits that are due, the first to unlock come first', async () => {
    const account = fresh<AccountId>();
    const later = aDeposit(account, { minedHeight: 7_000_000, unlockHeight: 7_000_200 });
    const sooner = aDeposit(account, { minedHeight: 7_000_001, unlockHeight: 7_000_100 });
    for (const deposit of [later, sooner]) await ports.deposits.add(deposit, []);
    const due = await ports.deposits.unlocking({ height: 7_000_300, at: asInstant(0) }, 3);
    expect(due.slice(-2)).toEqual([sooner.id, later.id]);
  });

  test('stores the watcher’s position for the first of two rounds', async () => {
    expect(await ports.states.read()).toBeUndefined();
    const state: WatchState = {
      height: 3_000_000,
      top: { height: 2_999_999, hash: 'ab' },
      anchors: [
        { height: 1, hash: 'cd' },
        { height: 2_999_800, hash: 'ef' },
      ],
      historyStart: 5,
      historyHeight: 7,
      historyAt: asInstant(1_795_230_495_323),
      rescanHeight: 9,
      version: 1,
    };
    const outcomes = await Promise.all([
      ports.states.save(state),
      ports.states.save({ ...state, height: 3 }),
    ]);
    expect(outcomes.sort()).toEqual(['changed_since', undefined]);
    const next = { ...state, height: 3_000_001, rescanHeight: undefined, version: 2 };
    expect(await ports.states.save(next)).toBeUndefined();
    expect(await ports.states.read()).toEqual(next);
    expect(await ports.states.save(next)).toBe('changed_since');
  });

  test('counts the subaddresses that were ever stored', async () => {
    const before = (await ports.addresses.count()) ?? 0;
    const minor = before + 300;
    await ports.addresses.addFree([{ address: `counted ${minor}`, major: 0, minor }]);
    expect(await ports.addresses.count()).toBe(minor + 1);
    await ports.addresses.addFree([{ address: 'counted 1', major: 0, minor: 1 }]);
    expect(await ports.addresses.count()).toBe(minor + 1);
    const account = fresh<AccountId>();
    for (const _ of [1, 2]) await ports.addresses.assign(account, 2);
  });

  const aPool = (count: number) => {
    const free = Array.from({ length: count }, (_, minor) => ({
      address: fresh<string>(),
      major: 0,
      minor,
    }));
    return ports.addresses.addFree(free).then(() => free.map(({ address }) => address));
  };

  test('gives each of 60 new accounts at once an address of its own', async () => {
    const free = await aPool(60);
    expect(await ports.addresses.countFree(100)).toBe(60);
    expect(await ports.addresses.countFree(7)).toBe(7);
    const accounts = free.map(() => fresh<AccountId>());
    const given = await Promise.all(accounts.map((account) => ports.addresses.currentOrFirst(account)));
    expect(new Set(given)).toEqual(new Set(free));
    expect(await ports.addresses.currentOrFirst(fresh<AccountId>())).toBeUndefined();
    expect(await ports.addresses.assign(fresh<AccountId>(), 1)).toBe('none_free');
    expect(await ports.addresses.ownerOf(given[4]!)).toBe(accounts[4]);
    expect(await ports.addresses.currentOrFirst(accounts[4]!)).toBe(given[4]);
  });

  /** Empties the pool. */
  async function takeAll() {
    while (await ports.addresses.currentOrFirst(fresh<AccountId>()));
  }

  test('gives a new account one address for ten requests at once', async () => {
    await aPool(12);
    const before = await ports.addresses.countFree(100);
    const account = fresh<AccountId>();
    const given = await Promise.all([...Array(10)].map(() => ports.addresses.currentOrFirst(account)));
    expect(new Set(given).size).toBe(1);
    expect(await ports.addresses.countFree(100)).toBe(before - 1);
  });

  test('gives as many of 50 addresses at once as may be unused', async () => {
    await aPool(60);
    const account = fresh<AccountId>();
    const outcomes = await Promise.all([...Array(50)].map(() => ports.addresses.assign(account, 3)));
    expect(outcomes.filter((outcome) => outcome === 'too_many_open')).toHaveLength(47);
    const given = outcomes.flatMap((outcome) => (typeof outcome === 'object' ? [outcome.address] : []));
    expect(new Set(given).size).toBe(3);
    expect(given).toContain(await ports.addresses.currentOrFirst(account));
  });

  test('reports an empty pool before too many unused addresses', async () => {
    await takeAll();
    await aPool(1);
    const account = fresh<AccountId>();
    expect(await ports.addresses.assign(account, 1)).toEqual({ address: expect.any(String) });
    expect(await ports.addresses.assign(account, 1)).toBe('none_free');
  });

  test('the first deposit to an address, and no later one, frees a place', async () => {
    await aPool(20);
    const account = fresh<AccountId>();
    const address = (await ports.addresses.currentOrFirst(account))!;
    const ask = () => ports.addresses.assign(account, 2);
    expect(await ask()).toEqual({ address: expect.any(String) });
    expect(await ask()).toBe('too_many_open');

    const deposit = aDeposit(account, { address });
    const watchers = [deposit, deposit, aDeposit(account, { address })];
    await Promise.all(watchers.map((one) => ports.deposits.add(one, [])));
    await ports.deposits.add(aDeposit(account, { address }), []);

    expect(await ask()).toEqual({ address: expect.any(String) });
    expect(await ask()).toBe('too_many_open');
    expect(await ports.deposits.pending(account)).toBe(3n * deposit.amountPiconero);
  });

  test('a known address keeps its owner when it is added again', async () => {
    const account = fresh<AccountId>();
    await takeAll();
    const subaddress = { address: 'again', major: 0, minor: 99 };
    await ports.addresses.addFree([subaddress]);
    expect(await ports.addresses.ownerOf('again')).toBeNull();
    expect(await ports.addresses.currentOrFirst(account)).toBe('again');
    await ports.addresses.addFree([subaddress]);
    await ports.addresses.addHouse('again');
    expect(await ports.addresses.ownerOf('again')).toBe(account);
    expect(await ports.addresses.countFree(5)).toBe(0);
  });

  test('knows the house’s own address without giving it out, and no foreign address', async () => {
    await ports.addresses.addHouse('house');
    expect(await ports.addresses.ownerOf('house')).toBeNull();
    expect(await ports.addresses.ownerOf('a stranger’s')).toBeUndefined();
    expect(await ports.addresses.currentOrFirst(fresh<AccountId>())).toBeUndefined();
  });

  test('reads the heartbeat that was written last', async () => {
    expect(await ports.heartbeats.read()).toBeUndefined();
    const heartbeat: Heartbeat = {
      at: asInstant(1_795_230_495_323),
      nodeSeenAt: asInstant(1_795_230_495_323),
      walletSeenAt: asInstant(1_795_230_435_000),
      walletPiconero: asPiconero(18_446_744_073_709_551_615n),
      node: 'ok',
      wallet: 'down',
      height: 3_000_000,
      feePerBytePiconero: asPiconero(20_000n),
      walletInterfaceVersion: 65_568,
    };
    await ports.heartbeats.write({ ...heartbeat, wallet: 'ok' });
    await ports.heartbeats.write(heartbeat);
    expect(await ports.heartbeats.read()).toEqual(heartbeat);
  });
});
