import { asPiconero, type Piconero } from '../money/xmr.ts';
import { type LedgerAccount, movedPiconero, type Transfer } from './ledger.ts';

/** The present effect of a transfer on the available balance of one of its accounts. */
function availableEffect(transfer: Transfer, account: LedgerAccount): Piconero {
  const { status } = transfer;
  if (transfer.debit !== account) return asPiconero(status === 'posted' ? movedPiconero(transfer) : 0n);
  if (status === 'voided') return asPiconero(0n);
  return asPiconero(-(status === 'pending' ? transfer.amountPiconero : movedPiconero(transfer)));
}

/** One line of a statement. It carries only ids of things that this account may read. */
function entryOf(transfer: Transfer, account: LedgerAccount, balance: Piconero) {
  const { id, kind, status, tradeId, withdrawalId, depositId, createdAt, settledAt } = transfer;
  const out = transfer.debit === account;
  return {
    id,
    at: out ? createdAt : (settledAt ?? createdAt),
    kind,
    direction: out ? ('out' as const) : ('in' as const),
    status,
    amountXmr: movedPiconero(transfer),
    balanceXmr: balance,
    ...(tradeId && { tradeId }),
    // The payee of an internal transfer may not see the payer's withdrawal.
    ...(withdrawalId && out && { withdrawalId }),
    ...(depositId && { depositId }),
  };
}

/**
 * Lines, newest first, each with the balance after it. Balances are computed backwards from `balanceAfterFirst`.
 * @returns the lines, and the balance before the oldest of them
 */
export function reckon(transfers: readonly Transfer[], account: LedgerAccount, balanceAfterFirst: Piconero) {
  let balance = balanceAfterFirst;
  const entries = transfers.map((transfer) => {
    const entry = entryOf(transfer, account, balance);
    balance = asPiconero(balance - availableEffect(transfer, account));
    return entry;
  });
  return { entries, before: balance };
}
