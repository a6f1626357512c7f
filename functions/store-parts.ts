import { dynamoOutbox, type StoreParts } from '#adapters/dynamodb/outbox.ts';
import { type DeliveryPorts, deliverAtOnce } from '#core/events/deliver-events.ts';
import type { Subscriber } from '#core/events/ports.ts';
import { client, clock } from './composition.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';
import { requestId } from './request-id.ts';

const writeLogLine: Subscriber = async (event) => log.info('event', { event });

export const deliveryPorts = (config: Config<'EVENTS_TABLE'>): DeliveryPorts => ({
  outbox: dynamoOutbox(client, config.EVENTS_TABLE),
  subscribers: [writeLogLine],
  clock,
  log,
});

/** The parts that the stores of a function need beside their tables. Events are delivered at once after the write. */
export const storeParts = (config: Config<'EVENTS_TABLE'>): StoreParts => ({
  events: { table: config.EVENTS_TABLE, requestId, deliver: deliverAtOnce(deliveryPorts(config)) },
  log,
});
