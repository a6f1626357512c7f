import type { DomainEvent } from '../events/events.ts';
import type { Subscriber } from '../events/ports.ts';
import type { AccountId } from '../ids.ts';

/** The queue of accounts whose offers coverOffers decides again. */
export interface CoverQueue {
  send(accountId: AccountId): Promise<void>;
}

/** Whether an event changes the available balance of an account that it concerns. */
const MOVES_XMR: Record<DomainEvent['type'], boolean> = {
  trade_started: true,
  trade_payment_sent: false,
  trade_completed: true,
  trade_cancelled: true,
  trade_expired: true,
  trade_cancellation_requested: false,
  trade_cancellation_retracted: false,
  trade_disputed: false,
  trade_resolved: true,
  trade_window_moved: false,
  trade_reviewed: false,
  withdrawal_requested: true,
  withdrawal_broadcast: false,
  withdrawal_requeued: false,
  withdrawal_confirmed: true,
  withdrawal_failed: true,
  deposit_seen: false,
  deposit_credited: true,
  deposit_dropped: false,
  deposit_reversed: true,
  transfer_received: true,
  password_changed: false,
  totp_turned_on: false,
  totp_turned_off: false,
  recovery_codes_renewed: false,
  passkey_added: false,
  passkey_removed: false,
  email_change_requested: false,
  email_changed: false,
  email_removed: false,
  account_suspended: false,
  account_restored: false,
  account_warned: false,
  signed_in_elsewhere: false,
  payment_account_added: false,
  payment_account_changed: false,
  payment_account_removed: false,
  report_closed: false,
};

/** Puts the accounts whose balance an event has changed into the queue. */
export const askForCover =
  (queue: CoverQueue): Subscriber =>
  async ({ type, accountIds }) => {
    if (!MOVES_XMR[type]) return;
    for (const accountId of accountIds) await queue.send(accountId);
  };
