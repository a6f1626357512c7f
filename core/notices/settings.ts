import type { ChosenNotice } from './notices.ts';

/** The kinds that a person wants to be told of by mail and by the browser. */
export type NoticeSettings = { email: readonly ChosenNotice[]; browser: readonly ChosenNotice[] };

/** Without a choice, mails tell of the steps of a trade that a person must know of to act in time. */
export const USUAL_SETTINGS: NoticeSettings = {
  email: ['trade_started', 'trade_payment_sent', 'trade_cancelled', 'trade_expired'],
  browser: ['trade_started', 'trade_payment_sent', 'trade_completed', 'trade_cancelled', 'trade_expired'],
};
