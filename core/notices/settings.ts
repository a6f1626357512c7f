import type { ChosenNotice } from './kinds.ts';

/** The kinds that a person wants to be told of by mail and by the browser. */
export type NoticeSettings = { email: readonly ChosenNotice[]; browser: readonly ChosenNotice[] };

/** The steps of a trade that a person must know of to act in time. */
const NEEDS_ATTENTION = [
  'trade_started',
  'trade_payment_sent',
  'trade_cancelled',
  'trade_expired',
  'trade_cancellation_requested',
  'trade_disputed',
  'trade_resolved',
  'trade_window_moved',
] as const;

/** The settings of a person who has not chosen. */
export const USUAL_SETTINGS: NoticeSettings = {
  email: NEEDS_ATTENTION,
  browser: [...NEEDS_ATTENTION, 'trade_completed', 'trade_reviewed'],
};
