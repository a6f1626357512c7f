import { memoryMailQueue } from '#adapters/memory/mail.ts';
import type { StoredEvent } from '../events/events.ts';
import type {
  AccountId,
  DepositId,
  PaymentAccountId,
  ReportId,
  SessionId,
  TradeId,
  WithdrawalId,
} from '../ids.ts';
import { asInstant } from '../time.ts';
import { queueNotices } from './notices.ts';

const ANN = 'ann' as AccountId;
const BOB = 'bob' as AccountId;
const COMMON = { accountIds: [ANN], version: 1, at: asInstant(1_000), requestId: 'r1' };
const NOTICE = { kind: 'notice', accountId: ANN, at: COMMON.at };

const PASSWORD_CHANGED: StoredEvent = { ...COMMON, type: 'password_changed', accountId: ANN };

async function jobsOf(event: StoredEvent, isOn = true) {
  const queue = { ...memoryMailQueue(), isOn };
  await queueNotices(queue)(event);
  return queue.jobs;
}

test.each<[StoredEvent, object]>([
  [PASSWORD_CHANGED, {}],
  [{ ...COMMON, type: 'report_closed', reportId: 'p1' as ReportId }, {}],
  [{ ...COMMON, type: 'payment_account_changed', paymentAccountId: 'a1' as PaymentAccountId }, {}],
  [{ ...COMMON, type: 'trade_completed', tradeId: 't1' as TradeId }, { tradeId: 't1' }],
  [{ ...COMMON, type: 'deposit_seen', depositId: 'd1' as DepositId }, { depositId: 'd1' }],
  [{ ...COMMON, type: 'signed_in_elsewhere', sessionId: 's1' as SessionId }, { sessionId: 's1' }],
  [{ ...COMMON, type: 'withdrawal_requested', withdrawalId: 'w1' as WithdrawalId }, { withdrawalId: 'w1' }],
])('$type is told by mail, with the ids that the mail needs', async (event, named) => {
  expect(await jobsOf(event)).toStrictEqual([{ ...NOTICE, notice: event.type, ...named }]);
});

test('each account that an event concerns gets a notice of its own', async () => {
  const jobs = await jobsOf({ ...PASSWORD_CHANGED, accountIds: [ANN, BOB] });
  expect(jobs).toMatchObject([{ accountId: ANN }, { accountId: BOB }]);
});

test.each<StoredEvent>([
  { ...COMMON, type: 'withdrawal_broadcast', withdrawalId: 'w1' as WithdrawalId },
  { ...COMMON, type: 'email_removed', accountId: ANN },
  { ...COMMON, type: 'trade_completed', tradeId: 't1' as TradeId, by: ANN },
])('$type is told to nobody by mail', async (event) => {
  expect(await jobsOf(event)).toEqual([]);
});

test('an installation without a mail server queues nothing', async () => {
  expect(await jobsOf(PASSWORD_CHANGED, false)).toEqual([]);
});
