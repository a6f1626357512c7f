import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { sandboxFeed } from '#adapters/prices/sandbox-feed.ts';
import * as contract from '#contract/offers.ts';
import { getOffersHealth } from '#contract/system.ts';
import { offerUseCases } from '#core/offers/use-cases.ts';
import { client, clock, DOOR, door, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { route } from '../http/route.ts';

const config = await readConfig([...DOOR, 'OFFERS_TABLE', 'PEOPLE_TABLE', 'LEDGER_TABLE']);
const offers = offerUseCases({
  offers: dynamoOffers(client, config.OFFERS_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  prices: sandboxFeed,
  clock,
  ids,
});

export const handler = httpApi(
  [
    route(contract.listOffers, offers.listOffers),
    route(contract.createOffer, offers.createOffer),
    route(contract.getOffer, offers.getOffer),
    route(contract.updateOffer, offers.updateOffer),
    route(contract.closeOffer, offers.closeOffer),
    route(contract.listMyOffers, offers.listMyOffers),
    route(contract.listRates, offers.listRates),
    route(getOffersHealth, functionHealth('offers')),
  ],
  door(config),
);
