export const TRADE_STATES = [
  'awaiting_payment',
  'payment_sent',
  'completed',
  'cancelled',
  'expired',
] as const;
export type TradeState = (typeof TRADE_STATES)[number];

/** Whether the state is final, so that the hold is settled. */
export const hasEnded = (state: TradeState): boolean =>
  state !== 'awaiting_payment' && state !== 'payment_sent';
