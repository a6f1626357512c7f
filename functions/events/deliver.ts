import { deliverEvents } from '#core/events/deliver-events.ts';
import { readConfig } from '../config.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { deliveryPorts } from '../store-parts.ts';

const config = await readConfig(['EVENTS_TABLE']);

export const handler = scheduled('deliverEvents', deliverEvents(deliveryPorts(config)));
