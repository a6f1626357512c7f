import { tellMarket } from '#core/live/tell-market.ts';
import { followMarket } from '#core/offers/follow-market.ts';
import { readConfig } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { COVER_SETTINGS, coverPorts } from './cover-ports.ts';

const config = await readConfig(COVER_SETTINGS);

export const handler = scheduled(
  'followMarket',
  tellMarket(hintQueue(config), followMarket(coverPorts(config))),
);
