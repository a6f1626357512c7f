/** What may have changed. A client reads the thing itself again, by the operations of the API. */
export const HINT_TYPES = [
  'trade',
  'message',
  'wallet',
  'withdrawal',
  'deposit',
  'notice',
  'market',
] as const;
export type HintType = (typeof HINT_TYPES)[number];

/**
 * Tells that something has changed, never what it is now. `id` is the id of the thing; that of a wallet is its account,
 * and that of the market is `market`. Hints may be lost, repeated and out of order.
 */
export type Hint = { type: HintType; id: string; version?: number };
