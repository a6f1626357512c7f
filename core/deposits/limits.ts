/** Unused addresses that one account may have, because all accounts share one pool. */
export const MAX_UNUSED_ADDRESSES = 20;

/**
 * Number of newest blocks that each round of the watcher reads again. It exceeds the confirmations that a deposit
 * needs.
 */
export const WINDOW_BLOCKS = 20;
