/**
 * Deposits are credited and withdrawals confirmed at 10 confirmations, because coins unlock then (monero:
 * CRYPTONOTE_DEFAULT_TX_SPENDABLE_AGE).
 */
export const CONFIRMATIONS_NEEDED = 10;

/**
 * The confirmations that a view shows, at most `CONFIRMATIONS_NEEDED`.
 *
 * @param minedHeight height of the transaction's block; `undefined` outside of blocks
 * @param height number of blocks in the chain, possibly a minute old
 * @param settled whether the transaction had all confirmations once; then the old height is not used
 */
export function confirmationsOf(minedHeight: number | undefined, height: number, settled: boolean): number {
  if (settled) return CONFIRMATIONS_NEEDED;
  if (minedHeight === undefined) return 0;
  return Math.max(1, Math.min(height - minedHeight, CONFIRMATIONS_NEEDED));
}
