import { dynamoNames, dynamoPeople } from '#adapters/dynamodb/people.ts';
import { dynamoReputation } from '#adapters/dynamodb/reputation.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import * as contract from '#contract/reputation.ts';
import { getProfile } from '#core/reputation/get-profile.ts';
import { getTradeReviews } from '#core/reputation/get-trade-reviews.ts';
import { listReviews } from '#core/reputation/list-reviews.ts';
import { reviewTrade } from '#core/reputation/review-trade.ts';
import { searchUsers } from '#core/reputation/search-users.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'REPUTATION_TABLE',
  'PEOPLE_TABLE',
  'TRADES_TABLE',
  ...EVENT_SETTINGS,
]);
const ports = {
  reputation: dynamoReputation(client, config.REPUTATION_TABLE, storeParts(config)),
  names: dynamoNames(client, config.PEOPLE_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  trades: readTrades(client, config.TRADES_TABLE),
  clock,
};

export const handler = httpApi(
  contract,
  {
    getProfile: getProfile(ports),
    listReviews: listReviews(ports),
    searchUsers: searchUsers(ports),
    reviewTrade: reviewTrade(ports),
    getTradeReviews: getTradeReviews(ports),
    getReputationHealth: functionHealth('reputation'),
  },
  httpDependencies(config),
);
