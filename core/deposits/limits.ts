/** Unused addresses that one account may have, because all accounts share one pool. */
export const MAX_UNUSED_ADDRESSES = 20;

/** Newest blocks that each round of the watcher reads again: more than a deposit needs to be credited. */
export const WINDOW_BLOCKS = 20;
