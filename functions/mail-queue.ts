import { queueClient } from '#adapters/sqs/client.ts';
import { sqsMailQueue } from '#adapters/sqs/mail-queue.ts';
import type { MailQueue } from '#core/accounts/mail-jobs.ts';
import type { Config } from './config.ts';

/** Settings of the functions that ask for mails. */
export const MAIL_QUEUE_SETTINGS = ['MAIL_QUEUE_URL', 'PUPERO_MAIL_FROM'] as const;

export const mailQueue = (config: Config<(typeof MAIL_QUEUE_SETTINGS)[number]>): MailQueue =>
  sqsMailQueue(queueClient(), config.MAIL_QUEUE_URL, config.PUPERO_MAIL_FROM !== undefined);
