import * as z from 'zod';
import type { AccountId } from '#core/ids.ts';
import { tellMarket } from '#core/live/tell-market.ts';
import { coverOffers } from '#core/offers/cover-offers.ts';
import { readConfig } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';
import { COVER_SETTINGS, coverPorts } from './cover-ports.ts';

const config = await readConfig(COVER_SETTINGS);

const Message = z.strictObject({ accountId: z.string().transform((id) => id as AccountId) });

/** A message that fails five times goes to the dead letters. The account's next movement of XMR asks again. */
export const handler = queueConsumer(
  'coverOffers',
  Message,
  tellMarket(hintQueue(config), coverOffers(coverPorts(config))),
);
