import { depositWith, fresh, internalWith, tradeWith, withdrawalWith } from '#tests/helpers/entities.ts';
import type { AccountId, DepositId, TransferId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import {
  type Balance,
  hold,
  houseAccount,
  type LedgerAccount,
  type Move,
  post,
  type Transfer,
  transfer,
  userAccount,
  voided,
} from '../ledger/ledger.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import type { TradeState } from '../trades/states.ts';
import { holdOf, type Trade } from '../trades/trades.ts';
import { giveBack, holdBoth, moveInside, settle } from '../withdrawals/moves.ts';
import type { Queued } from '../withdrawals/withdrawals.ts';
import { audit, type Books, type Counter } from './audit.ts';

const now = asInstant(1);
const [aliceId, bobId] = ['alice' as AccountId, 'bob' as AccountId];
const [alice, bob] = [userAccount(aliceId), userAccount(bobId)];

/** The books after these moves, and after a draw of 1,000 piconero by Alice. */
function booksOf(moves: readonly Move[], more: Partial<Books> = {}) {
  const drawn = transfer({
    id: 'drawn' as TransferId,
    kind: 'faucet',
    debit: houseAccount('faucet'),
    credit: alice,
    amountPiconero: asPiconero(1_000n),
    createdAt: now,
  });
  const balances = new Map<LedgerAccount, Balance>();
  const transfers = new Map<TransferId, Transfer>();
  for (const move of [drawn, ...moves]) {
    transfers.set(move.transfer.id, move.transfer);
    for (const { account, available, held } of balanceChanges([move])) {
      const { availablePiconero = 0n, heldPiconero = 0n } = balances.get(account) ?? {};
      balances.set(account, {
        availablePiconero: asPiconero(availablePiconero + available),
        heldPiconero: asPiconero(heldPiconero + held),
      });
    }
  }
  return { trades: [], withdrawals: [], deposits: [], ...more, balances, transfers: [...transfers.values()] };
}

describe('trades', () => {
  const tradeIn = (state: TradeState) =>
    tradeWith({ state, sellerId: aliceId, buyerId: bobId, amountPiconero: asPiconero(5n) });
  const movesTo = (trade: Trade) => {
    const held = holdOf(trade);
    return {
      pending: [hold(held)],
      posted: [hold(held), post(held, now)],
      voided: [hold(held), voided(held, now)],
    };
  };

  test.each([
    ['awaiting_payment', 'pending', ['posted', 'voided']],
    ['payment_sent', 'pending', ['posted', 'voided']],
    ['completed', 'posted', ['pending', 'voided']],
    ['cancelled', 'voided', ['pending', 'posted']],
    ['expired', 'voided', ['pending', 'posted']],
    ['disputed', 'pending', ['posted', 'voided']],
  ] as const)('in %s a trade has a %s hold, and no other', (state, right, wrong) => {
    const trade = tradeIn(state);
    const faultsWith = (status: 'pending' | 'posted' | 'voided') =>
      audit(booksOf(movesTo(trade)[status], { trades: [trade] }));
    expect(faultsWith(right)).toEqual([]);
    for (const status of wrong) {
      const fault = `trade ${trade.id} (${state}) should have a ${right} transfer, but it is ${status}`;
      expect(faultsWith(status)).toEqual([fault]);
    }
  });

  test('a decided trade has posted the buyer’s part, and no other', () => {
    const resolution = (part: bigint) => ({
      buyerPiconero: asPiconero(part),
      note: '',
      at: now,
      by: 'mod' as AccountId,
    });
    const decided = (part: bigint): Trade => ({
      ...tradeIn('resolved'),
      dispute: { openedBy: 'buyer', reason: '', openedAt: now, resolution: resolution(part) },
    });
    const trade = decided(2n);
    const held = holdOf(trade);
    const paid = (part: bigint) => [hold(held), post(held, now, asPiconero(part))];
    expect(audit(booksOf(paid(2n), { trades: [trade] }))).toEqual([]);
    expect(audit(booksOf(paid(3n), { trades: [trade] }))).toEqual([
      expect.stringContaining('gives its buyer 0.000000000002'),
    ]);
    expect(audit(booksOf([hold(held)], { trades: [trade] }))).not.toEqual([]);
    const nothing = decided(0n);
    const empty = holdOf(nothing);
    expect(audit(booksOf([hold(empty), voided(empty, now)], { trades: [nothing] }))).toEqual([]);
  });

  test('a trade without a hold, or with one of another amount, is a fault', () => {
    const trade = tradeIn('payment_sent');
    const without = audit(booksOf([], { trades: [trade] }));
    expect(without).toEqual([`trade ${trade.id} (payment_sent) has no transfer ${trade.holdId}`]);
    const larger = { ...trade, amountPiconero: asPiconero(6n) };
    expect(audit(booksOf(movesTo(trade).pending, { trades: [larger] }))).toEqual([
      `trade ${trade.id} (payment_sent) is about 0.000000000006, its transfer about 0.000000000005`,
    ]);
  });

  test('a hold without a trade is a fault until it is freed, and so is one that two trades share', () => {
    const trade = tradeIn('payment_sent');
    const { pending, voided: freed } = movesTo(trade);
    expect(audit(booksOf(freed))).toEqual([]);
    expect(audit(booksOf(pending))).toEqual([`transfer ${trade.holdId} (trade) has no cause`]);
    expect(audit(booksOf(pending, { trades: [trade, trade] }))).toHaveLength(1);
  });
});

describe('withdrawals', () => {
  const queued = withdrawalWith({ accountId: aliceId });
  const inState = (state: 'prepared' | 'broadcast' | 'confirmed' | 'failed', from: Queued = queued) =>
    ({ ...from, state, txid: 'ab', prepared: { blob: '', keyImages: [] }, minedHeight: 1 }) as never;
  const all: Queued = { ...queued, max: true };

  test.each([
    ['queued', holdBoth(queued), queued],
    ['prepared', holdBoth(queued), inState('prepared')],
    ['broadcast', holdBoth(queued), inState('broadcast')],
    ['confirmed', [...holdBoth(queued), ...settle(queued, now)], inState('confirmed')],
    ['failed', [...holdBoth(queued), ...giveBack(queued, now)], inState('failed')],
    ['queued, of everything', holdBoth(all), all],
    ['confirmed, of everything', [...holdBoth(all), ...settle(all, now)], inState('confirmed', all)],
    ['failed, of everything', [...holdBoth(all), ...giveBack(all, now)], inState('failed', all)],
  ] as const)('one that is %s has its transfers', (_, moves, withdrawal) => {
    expect(audit(booksOf(moves, { withdrawals: [withdrawal] }))).toEqual([]);
  });

  test('one whose amount or fee has another status is a fault for each', () => {
    expect(audit(booksOf(holdBoth(queued), { withdrawals: [inState('failed')] }))).toEqual([
      `withdrawal ${queued.id} (failed) should have a voided transfer, but it is pending`,
      `the fee of withdrawal ${queued.id} should have a voided transfer, but it is pending`,
    ]);
  });

  test('one without the hold of its fee is a fault', () => {
    const [amount] = holdBoth(queued);
    expect(audit(booksOf([amount!], { withdrawals: [queued] }))).toEqual([
      `the fee of withdrawal ${queued.id} has no transfer ${queued.feeTransferId}`,
    ]);
  });

  test('a payment to a member has one posted transfer', () => {
    const internal = internalWith({ accountId: aliceId });
    const moves = moveInside(internal, bobId, false);
    expect(audit(booksOf(moves, { withdrawals: [internal] }))).toEqual([]);
    expect(audit(booksOf([], { withdrawals: [internal] }))).toHaveLength(1);
  });
});

describe('balances', () => {
  const drawn = (id: string, amount: bigint) =>
    transfer({
      id: id as TransferId,
      kind: 'faucet',
      debit: houseAccount('faucet'),
      credit: bob,
      amountPiconero: asPiconero(amount),
      createdAt: now,
    });

  test('that are the sum of the transfers are in order', () => {
    expect(audit(booksOf([drawn('one', 5n), drawn('two', 6n)]))).toEqual([]);
  });

  test.each([
    ['available', { availablePiconero: 6n, heldPiconero: 0n }, '0.000000000006 available, 0 held'],
    ['held', { availablePiconero: 5n, heldPiconero: 1n }, '0.000000000005 available, 0.000000000001 held'],
  ])('of which too much is %s are two faults', (_, balance, shown) => {
    const books = booksOf([drawn('one', 5n)]);
    books.balances.set(bob, balance as Balance);
    expect(audit(books)).toEqual([
      `user:bob has ${shown}; its transfers say 0.000000000005 available, 0 held`,
      'all balances together are 0.000000000001, not 0',
    ]);
  });

  test('without a transfer, and transfers without a balance, are faults', () => {
    const books = booksOf([drawn('one', 5n)]);
    expect(audit({ ...books, transfers: books.transfers.slice(0, 1) })).toHaveLength(2);
    books.balances.delete(bob);
    expect(audit(books)).toHaveLength(2);
  });

  test('below zero without a reversed deposit are a fault, available or held', () => {
    const spent = transfer({ ...drawn('one', 5n).transfer, debit: bob, credit: houseAccount('faucet') });
    expect(audit(booksOf([spent]))).toEqual(['user:bob is below zero: -0.000000000005 available, 0 held']);
    const held = booksOf([]);
    held.balances.set(bob, { availablePiconero: asPiconero(1n), heldPiconero: asPiconero(-1n) });
    expect(audit(held)).toContain('user:bob is below zero: 0.000000000001 available, -0.000000000001 held');
  });
});

describe('the wallet', () => {
  const owed = 1_000n;
  const auditWith = (walletPiconero: bigint | undefined, withdrawals: Queued[] = [], moves: Move[] = []) =>
    audit(booksOf(moves, { withdrawals, walletPiconero: walletPiconero as Piconero }));

  test('must hold what users are owed, available and held', () => {
    expect(auditWith(owed)).toEqual([]);
    expect(auditWith(undefined)).toEqual([]);
    const fault = 'the wallet holds 0.000000000999, users are owed 0.000000001';
    expect(auditWith(owed - 1n)).toEqual([fault]);
    const queued = withdrawalWith({ accountId: aliceId });
    expect(auditWith(owed, [queued], holdBoth(queued))).toEqual([]);
    expect(auditWith(owed - 1n, [queued], holdBoth(queued))).toEqual([fault]);
  });

  test.each(['prepared', 'broadcast'] as const)('may lack amount and fee of a %s payment', (state) => {
    const payment = withdrawalWith({ accountId: aliceId, state, txid: 'ab' }) as unknown as Queued;
    expect(auditWith(owed - 120n, [payment], holdBoth(payment))).toEqual([]);
    expect(auditWith(owed - 121n, [payment], holdBoth(payment))).toHaveLength(1);
    const all: Queued = { ...payment, max: true };
    expect(auditWith(owed - 120n, [all], holdBoth(all))).toEqual([]);
    expect(auditWith(owed - 121n, [all], holdBoth(all))).toHaveLength(1);
  });
});

describe('counters', () => {
  const counter = (counts: Counter['counts'], value: number): Counter => ({ account: bobId, counts, value });
  const taken = (state: TradeState, takerId: AccountId | undefined = bobId) =>
    tradeWith({ sellerId: aliceId, buyerId: bobId, takerId, state });
  const faultsOf = (books: Partial<Books>) => {
    const causes = [...(books.trades ?? [])].flatMap((trade) => {
      const held = holdOf(trade);
      return trade.state === 'cancelled' ? [hold(held), voided(held, now)] : [hold(held)];
    });
    const holds = [...(books.withdrawals ?? [])].flatMap((it) => holdBoth(it as Queued));
    return audit(booksOf([...causes, ...holds], books));
  };

  test('of open trades count those that the account took and that have not ended', () => {
    const trades = [taken('awaiting_payment'), taken('payment_sent'), taken('cancelled')];
    const own = { ...taken('payment_sent'), takerId: undefined };
    const withCounter = (value: number) =>
      faultsOf({ trades: [...trades, own], counters: [counter('open trades it took', value)] });
    expect(withCounter(2)).toEqual([]);
    expect(withCounter(3)).toEqual(['open trades it took of bob: 3 are counted, 2 are there']);
  });

  test('of queued withdrawals count those from after the limit', () => {
    const counted = { ...withdrawalWith({ accountId: aliceId }), countsAsQueued: true as const };
    const older = withdrawalWith({ accountId: aliceId });
    const withCounters = (...counters: Counter[]) => faultsOf({ withdrawals: [counted, older], counters });
    expect(withCounters({ ...counter('queued withdrawals', 1), account: aliceId })).toEqual([]);
    expect(withCounters()).toEqual(['queued withdrawals of alice: 0 are counted, 1 are there']);
  });

  test('of unused addresses count them, and are not checked if they were not read', () => {
    const unusedAddresses = [bobId, bobId];
    expect(faultsOf({ unusedAddresses, counters: [counter('unused addresses', 2)] })).toEqual([]);
    expect(faultsOf({ unusedAddresses, counters: [counter('unused addresses', 1)] })).toEqual([
      'unused addresses of bob: 1 are counted, 2 are there',
    ]);
    expect(faultsOf({ unusedAddresses })).toEqual([]);
    expect(faultsOf({ counters: [] })).toEqual([]);
  });
});

test('a transfer of a deposit that was not posted, or of another amount, is a fault', () => {
  const id = fresh<DepositId>();
  const deposit = depositWith({ id, accountId: aliceId, state: 'credited', minedHeight: 5 });
  const opened = {
    id: deposit.transferId,
    kind: 'deposit' as const,
    debit: houseAccount('deposits'),
    credit: alice,
    amountPiconero: deposit.amountPiconero,
    createdAt: now,
    depositId: id,
  };
  const faultsOf = (move: Move) => audit(booksOf([move], { deposits: [deposit] }));
  expect(faultsOf(transfer(opened))).toEqual([]);
  const fault = [`deposit ${id} (credited) and its transfer ${deposit.transferId} do not fit`];
  expect(faultsOf(transfer({ ...opened, amountPiconero: asPiconero(8n) }))).toEqual(fault);
  expect(faultsOf(hold(opened))).toEqual(fault);
});
