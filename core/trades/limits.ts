/**
 * Trades that an account may have taken and that have not ended. Each holds a seller's XMR and costs the taker nothing,
 * so a newcomer may have few.
 */
export const MAX_OPEN_TAKEN = { untilFirstCompleted: 3, afterwards: 10 } as const;
