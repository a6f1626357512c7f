import { followMarket } from '#core/offers/follow-market.ts';
import { readConfig } from '../config.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { COVER_SETTINGS, coverPorts } from './cover-ports.ts';

const config = await readConfig(COVER_SETTINGS);

export const handler = scheduled('followMarket', followMarket(coverPorts(config)));
