/** How many addresses without a deposit one account may have, because all accounts share one pool of them. */
export const MAX_UNUSED_ADDRESSES = 20;
