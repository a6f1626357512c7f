export const TRADE_STATES = [
  'awaiting_payment',
  'payment_sent',
  'completed',
  'cancelled',
  'expired',
] as const;
export type TradeState = (typeof TRADE_STATES)[number];

/** Whether nothing can change any more: the hold is settled. */
export const hasEnded = (state: TradeState): boolean =>
  state !== 'awaiting_payment' && state !== 'payment_sent';
