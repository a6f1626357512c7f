import { withdrawalWith } from '#tests/helpers/entities.ts';
import type { TransferId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import {
  type Change,
  confirm,
  correctSentAt,
  fail,
  locate,
  markRival,
  prepare,
  requeue,
  resend,
  transfersOf,
} from './transitions.ts';
import type { Queued } from './withdrawals.ts';

const NOW = asInstant(2_000);

const QUEUED = withdrawalWith({
  amountTransferId: 'amount' as TransferId,
  feeTransferId: 'fee' as TransferId,
  changedAt: asInstant(1_000),
});
const PAYMENT = { txid: 'ab', blob: '0a', keyImages: ['01'], metadata: '' };
const signed = (w: Queued, amount: bigint, fee: bigint) =>
  prepare(w, { ...PAYMENT, amountPiconero: asPiconero(amount), feePiconero: asPiconero(fee) }, NOW);

const PREPARED = signed(QUEUED, 100n, 7n).to;
const BROADCAST = locate(PREPARED, undefined, NOW).to;

test.each<[string, Change, string, string[]]>([
  ['resend', resend(QUEUED, NOW), 'queued', []],
  ['correct its message', correctSentAt(QUEUED, NOW), 'queued', []],
  ['prepare', signed(QUEUED, 100n, 7n), 'prepared', []],
  ['fail', fail(QUEUED, 'address_refused', NOW), 'failed', ['void', 'void']],
  ['locate in the pool', locate(PREPARED, undefined, NOW), 'broadcast', []],
  ['locate in a block', locate(BROADCAST, 8, NOW), 'broadcast', []],
  ['mark a rival of a prepared one', markRival(PREPARED, 8), 'prepared', []],
  ['mark a rival of a broadcast one', markRival(BROADCAST, 8), 'broadcast', []],
  ['requeue a prepared one', requeue(PREPARED, NOW), 'queued', []],
  ['requeue a broadcast one', requeue(BROADCAST, NOW), 'queued', []],
  ['confirm', confirm(BROADCAST, 8, NOW), 'confirmed', ['post', 'post']],
])('%s: the next state, the next version, and money only where a payment ends', (_, change, state, moves) => {
  const { from, to } = change;
  expect(to.state).toBe(state);
  expect(to.version).toBe(from.version + 1);
  expect(to.changedAt).toBe(from.state === state ? from.changedAt : NOW);
  expect(change.moves.map((move) => move.step)).toEqual(moves);
});

test('with max, amount and fee add up to the held total in every state', () => {
  const all: Queued = { ...QUEUED, max: true };
  const prepared = signed(all, 113n, 6n).to;
  expect(prepared).toMatchObject({ amountPiconero: 113n, feePiconero: 7n });
  expect(requeue(prepared, NOW).to).toMatchObject({ amountPiconero: 100n, feePiconero: 20n });
  expect(transfersOf(prepared)).toEqual({
    amount: { id: 'amount', status: 'pending', amountPiconero: 120n },
  });
  expect(transfersOf(confirm(locate(prepared, 8, NOW).to, 8, NOW).to)).toEqual({
    amount: { id: 'amount', status: 'posted', amountPiconero: 120n },
    fee: { id: 'fee', status: 'posted', amountPiconero: 7n },
  });
});

test('a requeued withdrawal has nothing of its old transaction', () => {
  const { to } = requeue(locate(BROADCAST, 8, NOW).to, NOW);
  for (const field of ['txid', 'prepared', 'minedHeight', 'rivalSince']) expect(to).not.toHaveProperty(field);
});

test('the holds of a failed withdrawal are voided', () => {
  expect(transfersOf(fail(QUEUED, 'fee_above_quote', NOW).to)).toMatchObject({
    amount: { status: 'voided' },
    fee: { status: 'voided', amountPiconero: 20n },
  });
});
