import { depositWith } from '#tests/helpers/entities.ts';
import type { IncomingTransfer } from '../chain/wallet.ts';
import { depositId } from '../deposits/deposit-id.ts';
import type { Credited, Deposit, DepositState } from '../deposits/deposits.ts';
import type { AccountId, DepositId, TransferId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import {
  type Balance,
  houseAccount,
  type LedgerAccount,
  type Move,
  transfer,
  userAccount,
} from '../ledger/ledger.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import { audit, type Books } from './audit.ts';

const now = asInstant(1);
const alice = userAccount('alice' as AccountId);
let made = 0;

const ofAlice = (state: DepositState, minedHeight?: number) =>
  depositWith({
    id: 'deposit' as DepositId,
    accountId: 'alice' as AccountId,
    amountPiconero: asPiconero(10n),
    state,
    ...(minedHeight !== undefined && { minedHeight }),
  });

const DEPOSITS = {
  seen: ofAlice('seen', 5),
  credited: ofAlice('credited', 5) as Credited,
  dropped: ofAlice('dropped'),
  reversed: ofAlice('reversed'),
} satisfies Record<DepositState, Deposit>;

const moved = (kind: 'deposit' | 'deposit_reversal' | 'faucet', amount = 10n): Move => {
  const house = houseAccount(kind === 'faucet' ? 'faucet' : 'deposits');
  const [debit, credit] = kind === 'deposit_reversal' ? [alice, house] : [house, alice];
  return transfer({
    id: `transfer-${++made}` as TransferId,
    kind,
    debit,
    credit,
    amountPiconero: asPiconero(amount),
    createdAt: now,
    ...(kind !== 'faucet' && { depositId: 'deposit' as DepositId }),
  });
};

function booksOf(moves: readonly Move[], deposits: readonly Deposit[] = []): Books {
  const balances = new Map<LedgerAccount, Balance>();
  for (const { account, available, held } of moves.flatMap((move) => balanceChanges([move]))) {
    const before = balances.get(account);
    balances.set(account, {
      availablePiconero: asPiconero((before?.availablePiconero ?? 0n) + available),
      heldPiconero: asPiconero((before?.heldPiconero ?? 0n) + held),
    });
  }
  return { balances, transfers: moves.map((move) => move.transfer), trades: [], withdrawals: [], deposits };
}

test('each credit but the standing one has its reversal, however often the deposit came and went', () => {
  const [credit, reversal] = [() => moved('deposit'), () => moved('deposit_reversal')];
  expect(audit(booksOf([credit()], [DEPOSITS.credited]))).toEqual([]);
  expect(audit(booksOf([credit(), reversal()], [DEPOSITS.reversed]))).toEqual([]);
  expect(audit(booksOf([credit(), reversal()], [DEPOSITS.seen]))).toEqual([]);
  expect(audit(booksOf([credit(), reversal(), credit()], [DEPOSITS.credited]))).toEqual([]);
  expect(audit(booksOf([], [DEPOSITS.dropped]))).toEqual([]);
});

test.each([
  ['a credit that its state does not say', ['deposit'], 'seen'],
  ['a reversed one whose amount is still there', ['deposit'], 'reversed'],
  ['one that was credited twice', ['deposit', 'deposit'], 'credited'],
  ['a credited one without a credit', [], 'credited'],
] as const)('%s is a fault', (_, kinds, state) => {
  const moves = kinds.map((kind) => moved(kind));
  expect(audit(booksOf(moves, [DEPOSITS[state]]))).toMatchObject([expect.stringContaining('was credited')]);
});

test('an account may be below zero by what the chain took back from it, and by no more', () => {
  const spent = transfer({
    id: 'spent' as TransferId,
    kind: 'faucet',
    debit: alice,
    credit: houseAccount('faucet'),
    amountPiconero: asPiconero(10n),
    createdAt: now,
  });
  const reversed = [moved('deposit'), spent, moved('deposit_reversal')];
  expect(audit(booksOf(reversed, [DEPOSITS.reversed]))).toEqual([]);
  const more = transfer({ ...spent.transfer, id: 'more' as TransferId, amountPiconero: asPiconero(1n) });
  expect(audit(booksOf([...reversed, more], [DEPOSITS.reversed]))).toMatchObject([
    expect.stringContaining('is below zero'),
  ]);
});

describe('beside what came into the wallet', () => {
  const arrived = (more: Partial<IncomingTransfer> = {}): IncomingTransfer => ({
    txid: 'ab'.repeat(32),
    address: 'given',
    major: 0,
    minor: 7,
    amountPiconero: asPiconero(10n),
    minedHeight: 100,
    locked: false,
    ...more,
  });
  const deposit = { ...DEPOSITS.credited, id: depositId(arrived()), minedHeight: 100 };
  const auditOf = (transfers: IncomingTransfer[], deposits: Deposit[], height = 120) => {
    const moves = deposits.map(() => moved('deposit'));
    const booked = moves.map(({ step, transfer: t }) => ({
      step,
      transfer: { ...t, depositId: deposit.id },
    }));
    const books = booksOf(booked as Move[], deposits);
    return audit({ ...books, arrivals: { height, transfers, givenOut: new Set(['given']) } });
  };

  test('a payment that is a deposit is in order', () => {
    expect(auditOf([arrived()], [deposit])).toEqual([]);
  });

  test('a payment to an address that was given out, and no deposit: missing', () => {
    expect(auditOf([arrived()], [])).toMatchObject([expect.stringContaining('no deposit has it')]);
  });

  test('none is missing while the watcher still reads its block, or when nobody was given its address', () => {
    expect(auditOf([arrived()], [], 119)).toEqual([]);
    expect(auditOf([arrived({ minedHeight: undefined })], [])).toEqual([]);
    expect(auditOf([arrived({ address: 'of the house' })], [])).toEqual([]);
  });

  test('a credit that the wallet does not have', () => {
    expect(auditOf([], [deposit])).toMatchObject([expect.stringContaining('the wallet does not have')]);
  });
});
