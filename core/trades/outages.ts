import { type Instant, later, SECOND_MS } from '../time.ts';
import type { Trade } from './trades.ts';

/**
 * A time in which the timer did not run, so that nobody may have been able to pay. `isSettled`: every unpaid trade has
 * got that time back.
 */
export type Outage = { from: Instant; until: Instant; isSettled: boolean };

/** What the timer leaves at each run. Absent where no schedule runs it, because then it has no gaps. */
export type Timer = {
  /** When its last run began. */
  at: Instant;
  /** The schedule's interval. */
  everyMs: number;
  /** The last outage. */
  outage?: Outage;
};

/** The time of a decision, with the timer's last run if the decision may depend on it. */
export type Moment = { now: Instant; timer?: Timer | undefined };

/** How late a run may be before it counts as an outage. */
const GRACE_MS = 30 * SECOND_MS;

const isLate = ({ at, everyMs }: Timer, now: Instant) => now - at > everyMs + GRACE_MS;

/** The start of the outage that is not settled; `undefined` if there is none. */
function unsettledSince(timer: Timer, now: Instant): Instant | undefined {
  const { outage } = timer;
  if (outage && !outage.isSettled) return outage.from;
  return isLate(timer, now) ? timer.at : undefined;
}

/**
 * What a run of the timer leaves before it does anything else. A run that is late has found an outage. One that died
 * before it had settled an outage leaves that to the next run.
 *
 * @param everyMs the schedule's interval; absent if the run was called by hand
 */
export function begunRun(
  last: Timer | undefined,
  now: Instant,
  everyMs: number | undefined,
): Timer | undefined {
  if (!last) return everyMs === undefined ? undefined : { at: now, everyMs };
  const outage = isLate(last, now)
    ? { from: unsettledSince(last, now) ?? last.at, until: now, isSettled: false }
    : last.outage;
  return { at: now, everyMs: everyMs ?? last.everyMs, ...(outage && { outage }) };
}

/**
 * The time by which an outage moves the end of a trade's payment window, in milliseconds. A trade gets back the part of
 * the outage that it has lived through and that it did not get back before, so that a second run moves nothing twice.
 */
export function movedByMs(trade: Trade, { from, until }: Outage): number {
  const isOver = trade.paymentExpiresAt <= from;
  const since = Math.max(from, trade.createdAt, trade.outagesUntil ?? 0);
  return trade.state === 'awaiting_payment' && !isOver ? Math.max(0, until - since) : 0;
}

/** The trade with the time of an outage given back. */
export const givenBack = (trade: Trade, outage: Outage): Trade => ({
  ...trade,
  paymentExpiresAt: later(trade.paymentExpiresAt, movedByMs(trade, outage)),
  outagesUntil: outage.until,
});

/**
 * Whether a trade must not expire yet, because an outage is not settled, or has not been counted in this trade as it
 * was read. A window that was over before the outage stays over.
 */
export function isHeldBack(trade: Trade, { now, timer }: Moment): boolean {
  if (!timer) return false;
  const since = unsettledSince(timer, now);
  if (since !== undefined && trade.paymentExpiresAt > since) return true;
  return timer.outage !== undefined && movedByMs(trade, timer.outage) > 0;
}
