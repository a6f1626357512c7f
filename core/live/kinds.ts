/** Kinds of things that change. A client reads the changed thing through the API. */
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
 * A change of one thing, without its content. `id` is the id of the thing: of a wallet its account, of the market
 * `market`. Hints may be lost, repeated and out of order.
 */
export type Hint = { type: HintType; id: string; version?: number };
