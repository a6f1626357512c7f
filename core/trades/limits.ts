import { DAY_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** How long an ended trade keeps where its buyer paid, for questions and complaints. */
export const DETAILS_KEPT_MS = 30 * DAY_MS;

/** Starts of one account, because each stops an offer for others for a moment. People need a few in an hour. */
export const TRADE_STARTS = { burst: 120, everyMs: 30 * SECOND_MS } as const;

/**
 * Trades that an account may have taken and that have not ended. Each holds a seller's XMR and costs the taker nothing,
 * so a newcomer may have few.
 */
export const MAX_OPEN_TAKEN = { untilFirstCompleted: 3, afterwards: 10 } as const;

/** Requests of one account to end trades, because each is told to the other party, and may be taken back. */
export const CANCELLATION_REQUESTS = { burst: 20, everyMs: MINUTE_MS } as const;

/** UTF-16 units. */
export const DISPUTE_REASON_MAX_LENGTH = 2_000;
