import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryPayerLease } from '#adapters/memory/payer-lease.ts';
import { memoryWithdrawals } from '#adapters/memory/withdrawals.ts';
import type { AccountId, TransferId, WithdrawalId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant, type Instant } from '#core/time.ts';
import { giveBack, holdBoth, settle } from '#core/withdrawals/moves.ts';
import type { Withdrawal } from '#core/withdrawals/withdrawals.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';

let made = 0;
const nextId = <T extends string>() => `id-${String(++made).padStart(6, '0')}` as T;

/** A clock that one turns. */
const time = { now: asInstant(1_000_000) };
const clock = { now: (): Instant => time.now };

function fake() {
  const books = memoryBooks();
  const payer = {};
  return {
    withdrawals: memoryWithdrawals(books, payer),
    lease: memoryPayerLease(payer, clock),
    ledger: memoryLedger(books),
  };
}

async function real() {
  const client = documentClient();
  const tables = await ownTables();
  return {
    withdrawals: dynamoWithdrawals(client, tables),
    lease: dynamoPayerLease(client, tables.payments, clock),
    ledger: dynamoLedger(client, tables.ledger),
  };
}

const aWithdrawal = (accountId: AccountId, more: Partial<Withdrawal> = {}): Withdrawal => ({
  id: nextId<WithdrawalId>(),
  accountId,
  state: 'queued',
  address: 'an address',
  amountPiconero: asPiconero(100n),
  feePiconero: asPiconero(20n),
  feeHeldPiconero: asPiconero(20n),
  internal: false,
  amountTransferId: nextId<TransferId>(),
  feeTransferId: nextId<TransferId>(),
  attempt: 1,
  sentAt: time.now,
  requestedAt: time.now,
  changedAt: time.now,
  version: 1,
  ...more,
});

const remembered = (accountId: AccountId, key: string = nextId()) => ({
  accountId,
  operation: 'requestWithdrawal',
  key,
  fingerprint: 'print',
  status: 202,
  body: '{}',
});

const PAYMENT = {
  txid: 'ab'.repeat(32),
  feePiconero: asPiconero(18_446_744_073_709_551_615n),
  metadata: 'metadata',
  blob: 'blob',
  keyImages: ['one', 'two'],
};

const onwards = (from: Withdrawal, changes: Partial<Withdrawal>) => ({
  from,
  to: { ...from, ...changes, version: from.version + 1 },
});

describe.each([
  ['memory', async () => fake()],
  ['DynamoDB', real],
] as const)('withdrawals and the payer’s lease (%s)', (_, open) => {
  let ports: Awaited<ReturnType<typeof real>>;
  beforeAll(async () => {
    ports = await open();
  });

  /** An account that can pay for `count` withdrawals. */
  async function anAccount(count = 1): Promise<AccountId> {
    const accountId = nextId<AccountId>();
    const move = transfer({
      id: nextId<TransferId>(),
      kind: 'faucet',
      debit: houseAccount('faucet'),
      credit: userAccount(accountId),
      amountPiconero: asPiconero(BigInt(count) * 120n),
      createdAt: time.now,
    });
    const draw = { account: accountId, day: 'today', dailyLimit: asPiconero(10n ** 12n), move };
    await ports.ledger.draw({ ...draw, remembered: remembered(accountId) });
    return accountId;
  }

  async function added(accountId: AccountId, more: Partial<Withdrawal> = {}): Promise<Withdrawal> {
    const withdrawal = aWithdrawal(accountId, more);
    expect(
      await ports.withdrawals.add(withdrawal, holdBoth(withdrawal), remembered(accountId)),
    ).toBeUndefined();
    return withdrawal;
  }

  test('a withdrawal comes back as it was added, with its holds', async () => {
    const accountId = await anAccount();
    const withdrawal = await added(accountId);
    expect(await ports.withdrawals.get(withdrawal.id)).toEqual(withdrawal);
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 120n });
    expect(await ports.withdrawals.get('nothing' as WithdrawalId)).toBeUndefined();
  });

  test('ten at once out of a balance for three: three are added, seven hold nothing', async () => {
    const accountId = await anAccount(3);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => {
        const withdrawal = aWithdrawal(accountId);
        return ports.withdrawals.add(withdrawal, holdBoth(withdrawal), remembered(accountId));
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'insufficient_funds')).toHaveLength(7);
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 360n });
    const { items } = await ports.withdrawals.ofAccount(accountId, { limit: 10 });
    expect(items).toHaveLength(3);
  });

  test('one key at once: one withdrawal', async () => {
    const accountId = await anAccount(5);
    const row = remembered(accountId);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => {
        const withdrawal = aWithdrawal(accountId);
        return ports.withdrawals.add(withdrawal, holdBoth(withdrawal), row);
      }),
    );
    expect(outcomes.sort()).toEqual(['idempotency_key_reused', 'idempotency_key_reused', undefined]);
    expect((await ports.ledger.balance(accountId)).heldPiconero).toBe(120n);
  });

  test('of two who leave one version the first wins, and only its moves are made', async () => {
    const accountId = await anAccount();
    const from = await added(accountId);
    const failed = onwards(from, { state: 'failed' });
    expect(await ports.withdrawals.save({ ...failed, moves: giveBack(from, time.now) })).toBeUndefined();
    const late = { ...onwards(from, { state: 'confirmed' }), moves: settle(from, asPiconero(1n), time.now) };
    expect(await ports.withdrawals.save(late)).toBe('changed_since');
    expect(await ports.withdrawals.save(onwards(from, { attempt: 2 }))).toBe('changed_since');
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 120n, heldPiconero: 0n });
  });

  test('confirmed: the amount leaves, and what the fee did not use comes back', async () => {
    const accountId = await anAccount();
    const from = await added(accountId, { state: 'broadcast', txid: PAYMENT.txid, prepared: PAYMENT });
    const { from: _, to } = onwards(from, { state: 'confirmed', prepared: undefined });
    await ports.withdrawals.save({ from, to, moves: settle(from, asPiconero(7n), time.now) });
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 13n, heldPiconero: 0n });
    expect(await ports.withdrawals.get(from.id)).toEqual(to);
  });

  test('of ten who want the lease one gets it, until it runs out or is given back', async () => {
    time.now = asInstant(time.now + 100_000);
    const holders = Array.from({ length: 10 }, () => nextId());
    const taken = await Promise.all(holders.map((holder) => ports.lease.take(holder, 1_000)));
    expect(taken.filter(Boolean)).toEqual([{ until: time.now + 1_000 }]);
    const holder = holders[taken.findIndex(Boolean)]!;
    await ports.lease.release('somebody else');
    expect(await ports.lease.take('next', 1_000)).toBeUndefined();
    await ports.lease.release(holder);
    expect(await ports.lease.take('next', 1_000)).toBeDefined();
    time.now = asInstant(time.now + 1_001);
    expect(await ports.lease.take('third', 1_000)).toBeDefined();
    await ports.lease.release('next');
    expect(await ports.lease.take('fourth', 1_000)).toBeUndefined();
    await ports.lease.release('third');
  });

  test('one is prepared at a time, by the holder of the lease alone, and the lease tells which', async () => {
    const accountId = await anAccount(2);
    const [one, two] = [await added(accountId), await added(accountId)];
    const prepared = { state: 'prepared', prepared: PAYMENT, txid: PAYMENT.txid } as const;
    await ports.lease.take('payer', 1_000);
    expect(await ports.withdrawals.saveAsPrepared(onwards(one, prepared), 'another')).toBe('lease_lost');
    const first = onwards(one, prepared);
    expect(await ports.withdrawals.saveAsPrepared(first, 'payer')).toBeUndefined();
    expect(await ports.withdrawals.get(one.id)).toEqual(first.to);
    expect(await ports.withdrawals.saveAsPrepared(onwards(two, prepared), 'payer')).toBe('lease_lost');
    expect(await ports.withdrawals.saveAsPrepared(onwards(one, prepared), 'payer')).toBe('changed_since');
    await ports.lease.release('payer');
    expect(await ports.lease.take('payer', 1_000)).toMatchObject({ prepared: one.id });

    const broadcast = onwards(first.to, { state: 'broadcast' });
    expect(await ports.withdrawals.save(broadcast)).toBeUndefined();
    expect(await ports.withdrawals.save(broadcast)).toBe('changed_since');
    expect(await ports.withdrawals.saveAsPrepared(onwards(two, prepared), 'payer')).toBeUndefined();
    await ports.lease.release('payer');
  });

  test('the schedule finds those that wait longest first, and those on their way', async () => {
    const accountId = await anAccount(3);
    const late = await added(accountId, { sentAt: asInstant(9) });
    const early = await added(accountId, { sentAt: asInstant(3) });
    const away = await added(accountId, { state: 'broadcast', requestedAt: asInstant(1) });
    const queued = (await ports.withdrawals.queued(50)).map(({ id }) => id);
    expect(queued.slice(0, 2)).toEqual([early.id, late.id]);
    expect((await ports.withdrawals.broadcast(1)).map(({ id }) => id)).toEqual([away.id]);
    await ports.withdrawals.save(onwards(early, { sentAt: asInstant(10), attempt: 2 }));
    expect((await ports.withdrawals.queued(2)).map(({ id }) => id)).toEqual([late.id, early.id]);
  });

  test('an account’s withdrawals, newest first, page by page', async () => {
    const accountId = await anAccount(3);
    const ids = [(await added(accountId)).id, (await added(accountId)).id, (await added(accountId)).id];
    const first = await ports.withdrawals.ofAccount(accountId, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await ports.withdrawals.ofAccount(accountId, { limit: 2, after: first.next! });
    expect(second.items.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
