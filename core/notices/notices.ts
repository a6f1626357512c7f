import { eventId, type StoredEvent } from '../events/events.ts';
import type { AccountId, DepositId, NoticeId, SessionId, TradeId, WithdrawalId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { CHOSEN_NOTICES, type ChosenNotice, NOTICE_KINDS, type NoticeKind } from './kinds.ts';

/** A line that tells one account of an event. */
export type Notice = {
  id: NoticeId;
  accountId: AccountId;
  at: Instant;
  kind: NoticeKind;
  tradeId?: TradeId;
  withdrawalId?: WithdrawalId;
  depositId?: DepositId;
  sessionId?: SessionId;
};

/** Milliseconds in so many digits, so that ids sort by time. */
const TIME_DIGITS = 15;

/** The time in the id of a notice; `undefined` if it is no such id. */
export function timeOfNotice(id: string): Instant | undefined {
  const [, digits] = /^(\d{15})-[\w.-]+$/.exec(id) ?? [];
  return digits === undefined ? undefined : (Number(digits) as Instant);
}

const isNoticeKind = (type: string): type is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(type);

/** Whether a person may turn the mails and browser notifications of a kind off. */
export const isChosen = (kind: NoticeKind): kind is ChosenNotice =>
  (CHOSEN_NOTICES as readonly string[]).includes(kind);

/**
 * The notices that an event causes, one for each account that it concerns, except the account whose own act it was.
 * The store writes them in the transaction of the event.
 */
export function noticesOf(event: StoredEvent): Notice[] {
  const { type, at, by } = event;
  if (!isNoticeKind(type)) return [];
  return event.accountIds
    .filter((accountId) => accountId !== by)
    .map((accountId) => ({
      id: noticeId(event),
      accountId,
      at,
      kind: type,
      ...('tradeId' in event && { tradeId: event.tradeId }),
      ...('withdrawalId' in event && { withdrawalId: event.withdrawalId }),
      ...('depositId' in event && { depositId: event.depositId }),
      ...('sessionId' in event && { sessionId: event.sessionId }),
    }));
}

/** The event's own id after its time. An event that is stored twice has one notice. */
const noticeId = (event: StoredEvent): NoticeId =>
  `${event.at.toString().padStart(TIME_DIGITS, '0')}-${eventId(event).replace('#', '-')}` as NoticeId;
