import * as z from 'zod';
import { dynamoReadAccounts } from '#adapters/dynamodb/accounts.ts';
import { dynamoMailTokens } from '#adapters/dynamodb/mail-tokens.ts';
import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import { readSession } from '#adapters/dynamodb/sessions.ts';
import { sesMailer, smtpMailer } from '#adapters/mail/mailer.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { LANGUAGES } from '#core/accounts/limits.ts';
import type { MailJob } from '#core/accounts/mail-jobs.ts';
import type { Caller } from '#core/caller.ts';
import type { AccountId, DepositId, SessionId, TradeId, WithdrawalId } from '#core/ids.ts';
import { sendMail } from '#core/mail/send-mail.ts';
import { NOTICE_KINDS } from '#core/notices/kinds.ts';
import type { Instant } from '#core/time.ts';
import { client, clock, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';

const config = await readConfig([
  'ACCOUNTS_TABLE',
  'SESSIONS_TABLE',
  'NOTICES_TABLE',
  'PUPERO_MAIL_FROM',
  'PUPERO_SMTP_URL',
  'SITE_ORIGIN',
]);

/** Without a sender no function asks for mails, so a message in the queue means that the settings are wrong. */
const from = config.PUPERO_MAIL_FROM ?? '';
const ports = {
  mailer: config.PUPERO_SMTP_URL ? smtpMailer(config.PUPERO_SMTP_URL, from) : sesMailer(from),
  accounts: dynamoReadAccounts(client, config.ACCOUNTS_TABLE),
  sessions: { get: (caller: Caller) => readSession(client, config.SESSIONS_TABLE, caller) },
  notices: dynamoNotices(client, config.NOTICES_TABLE, log),
  mailTokens: dynamoMailTokens(client, config.SESSIONS_TABLE),
  secrets: randomSecrets,
  siteOrigin: config.SITE_ORIGIN.replace(/\/$/, ''),
  clock,
  ids,
  log,
};

const id = <T extends string>() => z.string().transform((text) => text as T);

const Job: z.ZodType<MailJob> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password_reset'), email: z.string() }),
  z.strictObject({ kind: z.literal('email_confirmation'), accountId: id<AccountId>(), email: z.string() }),
  z.strictObject({
    kind: z.literal('account_deleted'),
    email: z.string(),
    username: z.string(),
    language: z.enum(LANGUAGES),
    antiPhishingPhrase: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('notice'),
    notice: z.enum(NOTICE_KINDS),
    accountId: id<AccountId>(),
    at: z.number().transform((at) => at as Instant),
    sessionId: id<SessionId>().optional(),
    withdrawalId: id<WithdrawalId>().optional(),
    tradeId: id<TradeId>().optional(),
    depositId: id<DepositId>().optional(),
  }),
]);

/** A mail that the server refuses is tried again. After the last try its message goes to the dead letters. */
export const handler = queueConsumer('sendMails', Job, sendMail(ports));
