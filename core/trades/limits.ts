/**
 * How many trades that have not ended one account may have taken. Each of them holds a seller's XMR, which costs the
 * taker nothing, so a newcomer gets few (security.md).
 */
export const MAX_OPEN_TAKEN = { untilFirstCompleted: 3, afterwards: 10 } as const;
