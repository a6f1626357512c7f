/** The owner's side: a `sell` offer sells XMR. */
export const SIDES = ['buy', 'sell'] as const;
export const PRICE_KINDS = ['fixed', 'market'] as const;
export const OFFER_STATES = ['open', 'paused', 'closed'] as const;
