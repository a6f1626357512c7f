import { DEPOSIT_STATES, type Deposit, followed } from '#core/deposits/deposits.ts';
import type { AccountId, DepositId, TransferId } from '#core/ids.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import {
  CREDITED_DEPOSITS,
  depositOrder,
  LOCKED_BY_HEIGHT,
  LOCKED_BY_TIME,
  minedOrder,
  OPEN_DEPOSITS,
  paymentsOf,
  unlockOrder,
} from './indexes.ts';
import { readerOf } from './items.ts';
import { depositKey } from './keys.ts';

export const depositItem = (deposit: Deposit): Item => ({
  ...depositKey(deposit.id),
  ...deposit,
  accountPk: paymentsOf('deposit', deposit.accountId),
  accountSk: depositOrder(deposit.seenAt, deposit.id),
  ...listKeys(deposit),
});

/** The index keys of a deposit's list; none if it has ended. */
function listKeys(deposit: Deposit): { statePk?: string; stateSk?: string } {
  const entry = followed(deposit);
  if (!entry) return {};
  if (entry.list === 'open')
    return { statePk: OPEN_DEPOSITS, stateSk: depositOrder(deposit.seenAt, deposit.id) };
  const mined = minedOrder(entry.minedHeight, deposit.id);
  if (entry.list === 'credited') return { statePk: CREDITED_DEPOSITS, stateSk: mined };
  return 'height' in entry.unlock
    ? { statePk: LOCKED_BY_HEIGHT, stateSk: unlockOrder(entry.unlock.height, mined) }
    : { statePk: LOCKED_BY_TIME, stateSk: unlockOrder(entry.unlock.at, mined) };
}

/**
 * The deposit of an item, also of one that an earlier version stored.
 * @throws if the item lacks a field that its state requires
 */
export function depositOf(item: Item): Deposit {
  const read = readerOf(item);
  const payment = {
    id: read.text<DepositId>('id'),
    accountId: read.text<AccountId>('accountId'),
    address: read.text('address'),
    amountPiconero: read.piconero('amountPiconero'),
    txid: read.text('txid'),
    transferId: read.text<TransferId>('transferId'),
    seenAt: read.integer<Instant>('seenAt'),
    version: read.integer('version'),
  };
  const unlock = {
    unlockHeight: read.optional('unlockHeight', read.integer),
    unlockAt: read.optional('unlockAt', read.integer<Instant>),
  };
  const state = read.oneOf('state', DEPOSIT_STATES);
  if (state === 'seen')
    return { ...payment, ...unlock, state, minedHeight: read.optional('minedHeight', read.integer) };
  if (state === 'credited')
    return {
      ...payment,
      ...unlock,
      state,
      minedHeight: read.integer('minedHeight'),
      creditedAt: read.integer<Instant>('creditedAt'),
    };
  if (state === 'dropped') return { ...payment, state, endedAt: read.integer<Instant>('endedAt') };
  return {
    ...payment,
    state,
    creditedAt: read.optional('creditedAt', read.integer<Instant>),
    endedAt: read.optional('endedAt', read.integer<Instant>),
  };
}
