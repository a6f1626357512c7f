import { confirmationsOf } from '../chain/confirmations.ts';
import type { WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Withdrawal, WithdrawalFailure, WithdrawalState } from './withdrawals.ts';

/** A withdrawal as its owner sees it. */
export type WithdrawalView = {
  id: WithdrawalId;
  state: WithdrawalState;
  address: string;
  amountXmr: Piconero;
  /** The held maximum while it is queued, then the fee of the transaction. */
  feeXmr: Piconero;
  internal: boolean;
  txid?: string;
  confirmations: number;
  requestedAt: Instant;
  changedAt: Instant;
  failureCode?: WithdrawalFailure;
};

/** @param height blocks in the chain, as the watcher last saw it */
export const withdrawalView = (w: Withdrawal, height: number): WithdrawalView => ({
  id: w.id,
  state: w.state,
  address: w.address,
  amountXmr: w.amountPiconero,
  feeXmr: w.feePiconero,
  internal: w.internal,
  // A prepared payment does not show its txid, because its transaction can still be replaced.
  ...('txid' in w && w.state !== 'prepared' && { txid: w.txid }),
  confirmations: confirmationsOf(
    'minedHeight' in w ? w.minedHeight : undefined,
    height,
    w.state === 'confirmed' && !w.internal,
  ),
  requestedAt: w.requestedAt,
  changedAt: w.changedAt,
  ...(w.state === 'failed' && { failureCode: w.failureCode }),
});
