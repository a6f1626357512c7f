export const TRADE_STATES = [
  'awaiting_payment',
  'payment_sent',
  'completed',
  'cancelled',
  'expired',
] as const;
export type TradeState = (typeof TRADE_STATES)[number];
