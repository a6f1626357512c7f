import fc from 'fast-check';
import type { AccountId, TransferId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import { balanceChanges } from './balances.ts';
import {
  hold,
  houseAccount,
  type LedgerAccount,
  type Move,
  mayOverdraw,
  ofWholeBalance,
  post,
  type TransferKind,
  transfer,
  userAccount,
  voided,
} from './ledger.ts';

const now = asInstant(0);
const alice = userAccount('alice' as AccountId);
const bob = userAccount('bob' as AccountId);
const accounts: LedgerAccount[] = [alice, bob, houseAccount('faucet'), houseAccount('payouts')];

const opening = (debit: LedgerAccount, credit: LedgerAccount, amount: bigint) => ({
  id: 'transfer' as TransferId,
  kind: 'trade' as const,
  debit,
  credit,
  amountPiconero: asPiconero(amount),
  createdAt: now,
});

const held = (amount: bigint) => hold(opening(alice, bob, amount)).transfer;

test('a hold takes from the available balance of the payer, and gives nobody anything', () => {
  expect(balanceChanges([hold(opening(alice, bob, 5n))])).toEqual([
    { account: alice, available: -5n, held: 5n },
  ]);
});

test('a posted hold is the payee’s', () => {
  expect(balanceChanges([post(held(5n), now)])).toEqual([
    { account: alice, available: 0n, held: -5n },
    { account: bob, available: 5n, held: 0n },
  ]);
});

test('what a hold does not post goes back to its payer', () => {
  expect(balanceChanges([post(held(5n), now, asPiconero(2n))])).toEqual([
    { account: alice, available: 3n, held: -5n },
    { account: bob, available: 2n, held: 0n },
  ]);
});

test('a voided hold is the payer’s again', () => {
  expect(balanceChanges([voided(held(5n), now)])).toEqual([{ account: alice, available: 5n, held: -5n }]);
});

test('a hold cannot post more than it holds, or less than nothing', () => {
  for (const amount of [6n, -1n])
    expect(() => post(held(5n), now, asPiconero(amount))).toThrow('a hold cannot post more than it holds');
  expect(balanceChanges([post(held(5n), now, asPiconero(0n))])).toEqual([
    { account: alice, available: 5n, held: -5n },
    { account: bob, available: 0n, held: 0n },
  ]);
});

test('stores the posted amount of a hold only if it differs from the held one', () => {
  expect(post(held(5n), now).transfer).not.toHaveProperty('postedPiconero');
  expect(post(held(5n), now, asPiconero(5n)).transfer).not.toHaveProperty('postedPiconero');
  expect(post(held(5n), now, asPiconero(2n)).transfer).toMatchObject({ postedPiconero: 2n });
});

test('a move of the whole balance marks the change of its payer, and of nobody else', () => {
  const opened = opening(alice, bob, 5n);
  expect(balanceChanges([ofWholeBalance(hold(opened))])).toEqual([
    { account: alice, available: -5n, held: 5n, isWhole: true },
  ]);
  expect(balanceChanges([ofWholeBalance(transfer(opened))])).toEqual([
    { account: alice, available: -5n, held: 0n, isWhole: true },
    { account: bob, available: 5n, held: 0n },
  ]);
});

test('only a reversal of a deposit may overdraw an account', () => {
  const moveOf = (kind: TransferKind) => transfer({ ...opening(alice, bob, 5n), kind });
  expect(mayOverdraw(moveOf('deposit_reversal'))).toBe(true);
  for (const kind of ['deposit', 'faucet', 'internal', 'network_fee', 'trade', 'withdrawal'] as const)
    expect(mayOverdraw(moveOf(kind))).toBe(false);
});

test('an account that several moves touch is changed once', () => {
  const moves = [hold(opening(alice, bob, 5n)), hold(opening(alice, houseAccount('payouts'), 2n))];
  expect(balanceChanges(moves)).toEqual([{ account: alice, available: -7n, held: 7n }]);
});

const anyMove: fc.Arbitrary<Move> = fc
  .record({
    debit: fc.constantFrom(...accounts),
    credit: fc.constantFrom(...accounts),
    amount: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    less: fc.bigInt({ min: 0n, max: 100n }),
    step: fc.constantFrom('hold', 'transfer', 'post', 'void'),
  })
  .map(({ debit, credit, amount, less, step }) => {
    const open = hold(opening(debit, credit, amount));
    if (step === 'hold') return open;
    if (step === 'transfer') return transfer(opening(debit, credit, amount));
    if (step === 'void') return voided(open.transfer, now);
    return post(open.transfer, now, asPiconero(amount > less ? amount - less : amount));
  });

test('no sequence of moves makes or loses a piconero', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 20 }), (moves) => {
      const sum = balanceChanges(moves).reduce((total, { available, held }) => total + available + held, 0n);
      expect(sum).toBe(0n);
    }),
  );
});
