import fc from 'fast-check';
import { memoryBooks } from '#adapters/memory/books.ts';
import { audit, type Counter } from '../audit/audit.ts';
import type { AccountId, DepositId, TradeId, TransferId, WithdrawalId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import {
  hold,
  houseAccount,
  type Move,
  post,
  type Transfer,
  transfer,
  userAccount,
  voided,
} from './ledger.ts';
import { reckon } from './statement.ts';

const alice = userAccount('alice' as AccountId);
const bob = userAccount('bob' as AccountId);

type Act = { kind: 'in' | 'out' | 'hold' | 'post' | 'void'; amount: bigint };
const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('in', 'out', 'hold', 'post', 'void'),
  amount: fc.bigInt({ min: 1n, max: 50n }),
});

/** Runs movements of Alice. The books refuse those that she cannot pay. */
function play(acts: readonly Act[]) {
  const books = memoryBooks();
  const open: Extract<Move, { step: 'hold' | 'transfer' }>['transfer'][] = [];
  acts.forEach(({ kind, amount }, index) => {
    const id = `t${String(index).padStart(4, '0')}` as TransferId;
    const opening = {
      id,
      kind: 'trade' as const,
      amountPiconero: asPiconero(amount),
      createdAt: asInstant(index),
    };
    const held = kind === 'post' || kind === 'void' ? open.shift() : undefined;
    if (kind === 'in')
      books.apply([transfer({ ...opening, debit: houseAccount('deposits'), credit: alice })]);
    if (kind === 'out') books.apply([transfer({ ...opening, debit: alice, credit: bob })]);
    if (kind === 'post' && held) books.apply([post(held, asInstant(index))]);
    if (kind === 'void' && held) books.apply([voided(held, asInstant(index))]);
    if (kind !== 'hold') return;
    const move = hold({ ...opening, debit: alice, credit: bob });
    if (!books.apply([move])) open.push(move.transfer);
  });
  return books;
}

test('a statement reckoned back from now begins at nothing', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), (acts) => {
      const books = play(acts);
      const lines = [...books.transfers.values()].filter(
        ({ debit, credit }) => debit === alice || credit === alice,
      );
      const { entries, before } = reckon(lines.reverse(), alice, books.balance(alice).availablePiconero);
      expect(before).toBe(0n);
      if (entries[0]) expect(entries[0].balanceXmr).toBe(books.balance(alice).availablePiconero);
    }),
  );
});

const booksOf = (acts: readonly Act[]) => {
  const { balances, transfers } = play(acts);
  // All transfers become faucet draws, because the audit requires no trade, withdrawal or deposit for a draw.
  const causeless = [...transfers.values()].map((stored) => ({ ...stored, kind: 'faucet' as const }));
  return { balances, transfers: causeless, trades: [], withdrawals: [], deposits: [] };
};

test('the audit finds nothing, whatever was played', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), (acts) => expect(audit(booksOf(acts))).toEqual([])),
  );
});

test('the audit finds a balance that was changed by hand', () => {
  const books = booksOf([{ kind: 'in', amount: 5n }]);
  books.balances.set(alice, { availablePiconero: asPiconero(6n), heldPiconero: asPiconero(0n) });
  expect(audit(books)).toEqual([
    expect.stringContaining('user:alice has 0.000000000006 available'),
    expect.stringContaining('all balances together are 0.000000000001, not 0'),
  ]);
});

test('the audit finds a transfer without a cause, and coins that are not there', () => {
  const { balances, transfers } = play([{ kind: 'in', amount: 5n }]);
  const books = { balances, transfers: [...transfers.values()], trades: [], withdrawals: [], deposits: [] };
  expect(audit({ ...books, walletPiconero: asPiconero(4n) })).toEqual([
    'transfer t0000 (trade) has no cause',
    'the wallet holds 0.000000000004, users are owed 0.000000000005',
  ]);
});

test('the audit finds a counter of a limit that is not the number of what it counts', () => {
  const account = 'alice' as AccountId;
  const books = { ...booksOf([]), unusedAddresses: [account, account] };
  const counter = (value: number): Counter => ({ account, counts: 'unused addresses', value });
  expect(audit({ ...books, counters: [counter(2)] })).toEqual([]);
  expect(audit({ ...books, counters: [counter(1)] })).toEqual([
    'unused addresses of alice: 1 are counted, 2 are there',
  ]);
  const forgotten: Counter = { account, counts: 'queued withdrawals', value: 1 };
  expect(audit({ ...books, counters: [counter(2), forgotten] })).toEqual([
    'queued withdrawals of alice: 1 are counted, 0 are there',
  ]);
});

test('only the payer of an internal transfer reads the withdrawal that caused it', () => {
  const { transfer: moved } = transfer({
    id: 't1' as TransferId,
    kind: 'internal',
    debit: alice,
    credit: bob,
    amountPiconero: asPiconero(5n),
    createdAt: asInstant(1),
    withdrawalId: 'w1' as WithdrawalId,
  });
  const entryFor = (account: typeof alice) => reckon([moved], account, asPiconero(0n)).entries[0];
  expect(entryFor(alice)).toMatchObject({ kind: 'internal', direction: 'out', withdrawalId: 'w1' });
  expect(entryFor(bob)).toMatchObject({ kind: 'internal', direction: 'in' });
  expect(entryFor(bob)).not.toHaveProperty('withdrawalId');
});

describe('a line of a statement', () => {
  const opened = {
    id: 't1' as TransferId,
    kind: 'trade' as const,
    debit: alice,
    credit: bob,
    amountPiconero: asPiconero(5n),
    createdAt: asInstant(1),
    tradeId: 'trade' as TradeId,
  };
  const held = hold(opened).transfer;
  const lineOf = (stored: Transfer, account: typeof alice) => reckon([stored], account, asPiconero(9n));

  test('names the trade or deposit that caused it', () => {
    expect(lineOf(held, alice).entries[0]).toMatchObject({ tradeId: 'trade' });
    expect(lineOf(held, alice).entries[0]).not.toHaveProperty('depositId');
    const { tradeId: _tradeId, ...causeless } = opened;
    const deposited = transfer({ ...causeless, kind: 'deposit', depositId: 'deposit' as DepositId });
    expect(lineOf(deposited.transfer, bob).entries[0]).toMatchObject({ depositId: 'deposit' });
    expect(lineOf(deposited.transfer, bob).entries[0]).not.toHaveProperty('tradeId');
  });

  test('has the time of the hold for its payer, and the time of the payment for its payee', () => {
    const posted = post(held, asInstant(4)).transfer;
    expect(lineOf(posted, alice).entries[0]).toMatchObject({ at: 1, direction: 'out' });
    expect(lineOf(posted, bob).entries[0]).toMatchObject({ at: 4, direction: 'in' });
    expect(lineOf(held, bob).entries[0]).toMatchObject({ at: 1 });
  });

  test.each([
    ['a pending hold', held, 14n, 9n],
    ['a posted hold', post(held, asInstant(4)).transfer, 14n, 4n],
    ['a hold that was posted in part', post(held, asInstant(4), asPiconero(2n)).transfer, 11n, 7n],
    ['a voided hold', voided(held, asInstant(4)).transfer, 9n, 9n],
  ] as const)('%s has its effect on the balances before it', (_, stored, ofPayer, ofPayee) => {
    expect(lineOf(stored, alice).before).toBe(ofPayer);
    expect(lineOf(stored, bob).before).toBe(ofPayee);
  });
});
