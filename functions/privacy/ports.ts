import { dynamoDeletions } from '#adapters/dynamodb/deletions.ts';
import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { keptPaymentAccounts } from '#adapters/dynamodb/payment-accounts.ts';
import { accountReviews } from '#adapters/dynamodb/reputation.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { accountSessions } from '#adapters/dynamodb/sessions.ts';
import { dynamoKnownPlaces } from '#adapters/dynamodb/sessions-throttle.ts';
import { senderTalks } from '#adapters/dynamodb/talks.ts';
import { partyTrades } from '#adapters/dynamodb/trades.ts';
import { client, clock } from '../composition.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { MAIL_QUEUE_SETTINGS, mailQueue } from '../mail-queue.ts';
import { PICTURE_SETTINGS, pictureStore } from '../pictures.ts';

/** Settings of the functions that erase what a closed account has left. */
export const ERASING_SETTINGS = [
  'ACCOUNTS_TABLE',
  'PEOPLE_TABLE',
  'SECOND_FACTORS_TABLE',
  'SESSIONS_TABLE',
  'PAYMENT_ACCOUNTS_TABLE',
  'OFFERS_TABLE',
  'TRADES_TABLE',
  'TALK_TABLE',
  'REPUTATION_TABLE',
  ...PICTURE_SETTINGS,
  'LEDGER_TABLE',
  'PAYMENTS_TABLE',
  'NOTICES_TABLE',
  ...MAIL_QUEUE_SETTINGS,
] as const;

export const erasingPorts = (config: Config<(typeof ERASING_SETTINGS)[number]>) => ({
  deletions: dynamoDeletions(client, {
    accounts: config.ACCOUNTS_TABLE,
    people: config.PEOPLE_TABLE,
    secondFactors: config.SECOND_FACTORS_TABLE,
    ledger: config.LEDGER_TABLE,
    payments: config.PAYMENTS_TABLE,
  }),
  sessions: accountSessions(client, config.SESSIONS_TABLE, log),
  knownPlaces: dynamoKnownPlaces(client, config.SESSIONS_TABLE),
  factors: dynamoSecondFactors(client, config.SECOND_FACTORS_TABLE),
  paymentAccounts: keptPaymentAccounts(client, config.PAYMENT_ACCOUNTS_TABLE),
  offers: dynamoOffers(client, { offers: config.OFFERS_TABLE }, log),
  trades: partyTrades(client, config.TRADES_TABLE, log),
  notices: dynamoNotices(client, config.NOTICES_TABLE, log),
  pictures: pictureStore(config),
  reputation: accountReviews(client, config.REPUTATION_TABLE, log),
  talks: senderTalks(client, config.TALK_TABLE, log),
  mailQueue: mailQueue(config),
  clock,
});
