import type { AccountId, TransferId, WithdrawalId } from '#core/ids.ts';
import type { Instant } from '#core/time.ts';
import { WITHDRAWAL_FAILURES, WITHDRAWAL_STATES, type Withdrawal } from '#core/withdrawals/withdrawals.ts';
import type { Item } from './client.ts';
import { paymentsOf, waitingOrder, withdrawalsIn } from './indexes.ts';
import { readerOf } from './items.ts';
import { withdrawalKey } from './keys.ts';
import { readPayment, type StoredPayment, storedPayment } from './stored-payment.ts';

/** The index by-state has queued withdrawals by the time of their last message, and broadcast ones by age. */
export function withdrawalItem(w: Withdrawal): Item {
  const { state } = w;
  const since = state === 'queued' ? w.sentAt : w.requestedAt;
  const waits = (state === 'queued' || state === 'broadcast') && {
    statePk: withdrawalsIn(state),
    stateSk: waitingOrder(since, w.id),
  };
  return {
    ...withdrawalKey(w.id),
    ...w,
    ...('prepared' in w && { prepared: storedPayment(w.prepared) }),
    accountPk: paymentsOf('withdrawal', w.accountId),
    accountSk: w.id,
    ...waits,
  };
}

/**
 * The withdrawal of an item, also of one that an earlier version stored.
 * @throws if the item lacks a field that its state requires
 */
export function withdrawalOf(item: Item): Withdrawal {
  const read = readerOf(item);
  const requested = {
    id: read.text<WithdrawalId>('id'),
    accountId: read.text<AccountId>('accountId'),
    address: read.text('address'),
    amountPiconero: read.piconero('amountPiconero'),
    feePiconero: read.piconero('feePiconero'),
    feeHeldPiconero: read.piconero('feeHeldPiconero'),
    amountTransferId: read.text<TransferId>('amountTransferId'),
    attempt: read.integer('attempt'),
    sentAt: read.integer<Instant>('sentAt'),
    requestedAt: read.integer<Instant>('requestedAt'),
    changedAt: read.integer<Instant>('changedAt'),
    version: read.integer('version'),
  };
  if (read.isMarked('internal'))
    return { ...requested, internal: true, state: read.oneOf('state', ['confirmed']) };
  const onChain = {
    ...requested,
    internal: false as const,
    ...(read.isMarked('max') && { max: true as const }),
    ...(read.isMarked('countsAsQueued') && { countsAsQueued: true as const }),
    feeTransferId: read.text<TransferId>('feeTransferId'),
  };
  const state = read.oneOf('state', WITHDRAWAL_STATES);
  if (state === 'queued') return { ...onChain, state };
  if (state === 'failed')
    return { ...onChain, state, failureCode: read.oneOf('failureCode', WITHDRAWAL_FAILURES) };
  // The earliest rows have `txid` only inside `prepared`.
  const stored = item.prepared as (StoredPayment & { txid?: string }) | undefined;
  const txid = read.optional('txid', read.text) ?? stored?.txid;
  if (txid === undefined) throw new Error(`stored item ${item.pk}: a ${state} withdrawal has no txid`);
  if (state === 'confirmed') return { ...onChain, state, txid, minedHeight: read.integer('minedHeight') };
  if (!stored) throw new Error(`stored item ${item.pk}: a ${state} withdrawal has no signed transaction`);
  const rivalSince = read.optional('rivalSince', read.integer);
  const signed = { txid, prepared: readPayment(stored), ...(rivalSince !== undefined && { rivalSince }) };
  if (state === 'prepared') return { ...onChain, ...signed, state };
  const minedHeight = read.optional('minedHeight', read.integer);
  return { ...onChain, ...signed, state, ...(minedHeight !== undefined && { minedHeight }) };
}
