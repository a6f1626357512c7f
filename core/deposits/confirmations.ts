/** A transaction's coins unlock after 10 blocks (monero CRYPTONOTE_DEFAULT_TX_SPENDABLE_AGE); settled from there on. */
export const CONFIRMATIONS_NEEDED = 10;

/**
 * How deep a transaction lies, as people are told: at most what is needed, as more says nothing to them.
 *
 * @param height blocks in the chain, perhaps a minute old: a settled transaction has what is needed whatever it says
 */
export function confirmationsOf(minedHeight: number | undefined, height: number, settled: boolean): number {
  if (settled) return CONFIRMATIONS_NEEDED;
  if (minedHeight === undefined) return 0;
  return Math.max(1, Math.min(height - minedHeight, CONFIRMATIONS_NEEDED));
}
