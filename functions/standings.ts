import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { countedTrades } from '#adapters/dynamodb/reputation.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import type { Subscriber } from '#core/events/ports.ts';
import { countTrade } from '#core/reputation/count-trade.ts';
import { client } from './composition.ts';
import type { Config } from './config.ts';

/** Settings of the functions that count completed trades. */
export const STANDING_SETTINGS = ['REPUTATION_TABLE', 'PEOPLE_TABLE', 'TRADES_TABLE'] as const;

/** Counts completed trades. It is a subscriber of the functions that complete trades, and of `deliverEvents`. */
export const standings = (config: Config<(typeof STANDING_SETTINGS)[number]>): Subscriber =>
  countTrade({
    reputation: countedTrades(client, config.REPUTATION_TABLE),
    people: dynamoPeople(client, config.PEOPLE_TABLE),
    trades: readTrades(client, config.TRADES_TABLE),
  });
