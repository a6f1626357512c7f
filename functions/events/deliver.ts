import { deliverEvents } from '#core/events/deliver-events.ts';
import { readConfig } from '../config.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { STANDING_SETTINGS, standings } from '../standings.ts';
import { deliveryPorts, EVENT_SETTINGS } from '../store-parts.ts';

const config = await readConfig([...EVENT_SETTINGS, ...STANDING_SETTINGS]);

export const handler = scheduled('deliverEvents', deliverEvents(deliveryPorts(config, [standings(config)])));
