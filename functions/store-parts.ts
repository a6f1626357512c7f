import { dynamoOutbox, type StoreParts } from '#adapters/dynamodb/outbox.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsCoverQueue } from '#adapters/sqs/cover-queue.ts';
import { type DeliveryPorts, deliverAtOnce } from '#core/events/deliver-events.ts';
import type { Subscriber } from '#core/events/ports.ts';
import { queueHints } from '#core/live/queue-hints.ts';
import { queueNotices } from '#core/mail/notices.ts';
import { askForCover } from '#core/offers/ask-for-cover.ts';
import { client, clock } from './composition.ts';
import type { Config } from './config.ts';
import { hintQueue } from './hint-queue.ts';
import { log } from './log.ts';
import { MAIL_QUEUE_SETTINGS, mailQueue } from './mail-queue.ts';
import { requestId } from './request-id.ts';

const writeLogLine: Subscriber = async (event) => log.info('event', { event });

/** Settings of the functions whose changes cause events. */
export const EVENT_SETTINGS = [
  'EVENTS_TABLE',
  'NOTICES_TABLE',
  'COVER_QUEUE_URL',
  'LIVE_QUEUE_URL',
  ...MAIL_QUEUE_SETTINGS,
] as const;
type EventConfig = Config<(typeof EVENT_SETTINGS)[number]>;

/** @param more subscribers to events that only some functions cause */
export const deliveryPorts = (config: EventConfig, more: readonly Subscriber[] = []): DeliveryPorts => ({
  outbox: dynamoOutbox(client, config.EVENTS_TABLE),
  subscribers: [
    writeLogLine,
    queueNotices(mailQueue(config)),
    queueHints(hintQueue(config)),
    askForCover(sqsCoverQueue(queueClient(), config.COVER_QUEUE_URL)),
    ...more,
  ],
  clock,
  log,
});

/**
 * The parts that the stores of a function need in addition to their tables. Events are delivered right after the write.
 */
export const storeParts = (config: EventConfig, more: readonly Subscriber[] = []): StoreParts => ({
  events: {
    table: config.EVENTS_TABLE,
    noticesTable: config.NOTICES_TABLE,
    requestId,
    deliver: deliverAtOnce(deliveryPorts(config, more)),
  },
  log,
});
