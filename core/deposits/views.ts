import { CONFIRMATIONS_NEEDED, confirmationsOf } from '../chain/confirmations.ts';
import type { DepositId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Deposit } from './deposits.ts';

/** A deposit as its owner sees it. */
export type DepositView = {
  id: DepositId;
  address: string;
  amountXmr: Piconero;
  txid: string;
  confirmations: number;
  confirmationsNeeded: number;
  state: Deposit['state'];
  lockedUntil?: { height: number } | { at: Instant };
  seenAt: Instant;
  creditedAt?: Instant;
  endedAt?: Instant;
};

/** @param height number of blocks in the chain when the watcher last looked */
export const depositView = (deposit: Deposit, height: number): DepositView => ({
  id: deposit.id,
  address: deposit.address,
  amountXmr: deposit.amountPiconero,
  txid: deposit.txid,
  confirmations: confirmationsOf(
    'minedHeight' in deposit ? deposit.minedHeight : undefined,
    height,
    deposit.state === 'credited',
  ),
  confirmationsNeeded: CONFIRMATIONS_NEEDED,
  state: deposit.state,
  ...lockOf(deposit, height),
  seenAt: deposit.seenAt,
  ...('creditedAt' in deposit && deposit.creditedAt !== undefined && { creditedAt: deposit.creditedAt }),
  ...('endedAt' in deposit && deposit.endedAt !== undefined && { endedAt: deposit.endedAt }),
});

/** A lock by time is shown until the deposit is credited, because it ends by the chain's time and not by ours. */
function lockOf(deposit: Deposit, height: number): Pick<DepositView, 'lockedUntil'> {
  if (deposit.state !== 'seen') return {};
  const { unlockHeight, unlockAt } = deposit;
  if (unlockAt !== undefined) return { lockedUntil: { at: unlockAt } };
  const isLocked = unlockHeight !== undefined && unlockHeight > height;
  return isLocked ? { lockedUntil: { height: unlockHeight } } : {};
}
