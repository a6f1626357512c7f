import { asPiconero } from '#core/money/xmr.ts';
import type { Item } from './client.ts';
import { depositOf } from './deposit-items.ts';
import { withdrawalItem, withdrawalOf } from './withdrawal-items.ts';

const REQUESTED = {
  pk: 'WITHDRAWAL#w1',
  sk: '-',
  accountPk: 'withdrawal#alice',
  id: 'w1',
  accountId: 'alice',
  address: 'an address',
  amountPiconero: 100n,
  feePiconero: 20n,
  feeHeldPiconero: 20n,
  internal: false,
  amountTransferId: 't1',
  feeTransferId: 't2',
  attempt: 1n,
  sentAt: 5n,
  requestedAt: 5n,
  changedAt: 5n,
  version: 1n,
};
const PAYMENT = { blob: Uint8Array.of(10, 11), keyImages: [Uint8Array.of(1, 255)] };
const SIGNED = { txid: 'ab', prepared: PAYMENT };

/** The same item as the document client would read it again. */
const storedAgain = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value]),
  );

test.each<[string, Item]>([
  ['queued', { ...REQUESTED, state: 'queued', max: true, countsAsQueued: true }],
  ['prepared', { ...REQUESTED, ...SIGNED, state: 'prepared', rivalSince: 7n }],
  ['broadcast in the pool', { ...REQUESTED, ...SIGNED, state: 'broadcast' }],
  ['broadcast in a block', { ...REQUESTED, ...SIGNED, state: 'broadcast', minedHeight: 8n }],
  ['confirmed', { ...REQUESTED, state: 'confirmed', txid: 'ab', minedHeight: 8n }],
  ['failed', { ...REQUESTED, state: 'failed', failureCode: 'address_refused' }],
  ['internal', { ...REQUESTED, state: 'confirmed', internal: true, feeTransferId: undefined }],
])('a stored withdrawal that is %s is read, and stored the same way again', (_, item) => {
  const withdrawal = withdrawalOf(item);
  expect(withdrawal).toMatchObject({ id: 'w1', amountPiconero: asPiconero(100n), version: 1, sentAt: 5 });
  expect(withdrawalOf(storedAgain(withdrawalItem(withdrawal)))).toEqual(withdrawal);
});

test('the earliest rows are read: the id of the transaction beside its bytes, which are hex', () => {
  const earliest = { txid: 'ab', blob: '0a0b', keyImages: ['01ff'], metadata: 'long' };
  expect(withdrawalOf({ ...REQUESTED, state: 'broadcast', prepared: earliest })).toMatchObject({
    txid: 'ab',
    prepared: { blob: '0a0b', keyImages: ['01ff'] },
  });
});

test.each<[string, Item, string]>([
  ['a state of no withdrawal', { ...REQUESTED, state: 'cancelled' }, 'state must be one of queued'],
  ['no amount', { ...REQUESTED, state: 'queued', amountPiconero: '100' }, 'amountPiconero must be an amount'],
  [
    'no hold of the fee',
    { ...REQUESTED, state: 'queued', feeTransferId: undefined },
    'feeTransferId must be',
  ],
  ['broadcast without a txid', { ...REQUESTED, state: 'broadcast', prepared: PAYMENT }, 'has no txid'],
  ['prepared without bytes', { ...REQUESTED, state: 'prepared', txid: 'ab' }, 'has no signed transaction'],
  ['confirmed outside of a block', { ...REQUESTED, ...SIGNED, state: 'confirmed' }, 'minedHeight must be'],
  ['failed without a reason', { ...REQUESTED, state: 'failed' }, 'failureCode must be one of'],
  [
    'internal and queued',
    { ...REQUESTED, state: 'queued', internal: true },
    'state must be one of confirmed',
  ],
])('a stored withdrawal with %s is an error that names the item', (_, item, message) => {
  expect(() => withdrawalOf(item)).toThrow(message);
  expect(() => withdrawalOf(item)).toThrow('WITHDRAWAL#w1');
});

const DEPOSIT = {
  pk: 'DEPOSIT#d1',
  sk: '-',
  id: 'd1',
  accountId: 'alice',
  address: 'an address',
  amountPiconero: 7n,
  txid: 'ab',
  transferId: 't1',
  seenAt: 5n,
  version: 2n,
};

test('a deposit that was reversed before its end was stored is read', () => {
  const reversed = { ...DEPOSIT, state: 'reversed', minedHeight: 5n, creditedAt: 6n };
  expect(depositOf(reversed)).toMatchObject({ state: 'reversed', creditedAt: 6, endedAt: undefined });
});

test.each<[string, Item, string]>([
  ['a state of no deposit', { ...DEPOSIT, state: 'lost' }, 'state must be one of seen'],
  ['a credit outside of a block', { ...DEPOSIT, state: 'credited', creditedAt: 6n }, 'minedHeight must be'],
  ['a credit without a time', { ...DEPOSIT, state: 'credited', minedHeight: 6n }, 'creditedAt must be'],
])('a stored deposit with %s is an error that names the item', (_, item, message) => {
  expect(() => depositOf(item)).toThrow(message);
  expect(() => depositOf(item)).toThrow('DEPOSIT#d1');
});
