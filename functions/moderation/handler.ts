import { dynamoReadAccounts } from '#adapters/dynamodb/accounts.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoModeration } from '#adapters/dynamodb/moderation.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { countedTrades, readReviews } from '#adapters/dynamodb/reputation.ts';
import { accountSessions } from '#adapters/dynamodb/sessions.ts';
import { dynamoTalks } from '#adapters/dynamodb/talks.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import * as contract from '#contract/moderation.ts';
import { appealSuspension } from '#core/moderation/appeal-suspension.ts';
import { claimReport } from '#core/moderation/claim-report.ts';
import { closeReport } from '#core/moderation/close-report.ts';
import { createReport } from '#core/moderation/create-report.ts';
import { getHalts } from '#core/moderation/get-halts.ts';
import { listAuditLog } from '#core/moderation/list-audit-log.ts';
import { listMyReports } from '#core/moderation/list-my-reports.ts';
import { listReports } from '#core/moderation/list-reports.ts';
import { listStandings } from '#core/moderation/list-standings.ts';
import { restoreAccount } from '#core/moderation/restore-account.ts';
import { signOutAccount } from '#core/moderation/sign-out-account.ts';
import { suspendAccount } from '#core/moderation/suspend-account.ts';
import { updateHalts } from '#core/moderation/update-halts.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { PICTURE_SETTINGS, pictureStore } from '../pictures.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'MODERATION_TABLE',
  'ACCOUNTS_TABLE',
  'PEOPLE_TABLE',
  'OFFERS_TABLE',
  'HALTS_TABLE',
  'TALK_TABLE',
  'TRADES_TABLE',
  'REPUTATION_TABLE',
  ...PICTURE_SETTINGS,
  ...EVENT_SETTINGS,
]);
const tables = {
  moderation: config.MODERATION_TABLE,
  accounts: config.ACCOUNTS_TABLE,
  people: config.PEOPLE_TABLE,
  offers: config.OFFERS_TABLE,
  halts: config.HALTS_TABLE,
  reputation: config.REPUTATION_TABLE,
};
const parts = storeParts(config);
const ports = {
  moderation: dynamoModeration(client, tables, parts),
  accounts: dynamoReadAccounts(client, config.ACCOUNTS_TABLE),
  sessions: accountSessions(client, config.SESSIONS_TABLE, parts.log),
  halts: dynamoHalts(client, config.HALTS_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  offers: dynamoOffers(client, { offers: config.OFFERS_TABLE }, parts.log),
  talks: dynamoTalks(client, config.TALK_TABLE, parts.log),
  pictures: pictureStore(config),
  reputation: {
    ...readReviews(client, config.REPUTATION_TABLE, parts.log),
    ...countedTrades(client, config.REPUTATION_TABLE),
  },
  trades: readTrades(client, config.TRADES_TABLE),
  clock,
  ids,
};

export const handler = httpApi(
  contract,
  {
    createReport: createReport(ports),
    listMyReports: listMyReports(ports),
    appealSuspension: appealSuspension(ports),
    listReports: listReports(ports),
    claimReport: claimReport(ports),
    closeReport: closeReport(ports),
    suspendAccount: suspendAccount(ports),
    restoreAccount: restoreAccount(ports),
    signOutAccount: signOutAccount(ports),
    listStandings: listStandings(ports),
    listAuditLog: listAuditLog(ports),
    getHalts: getHalts(ports),
    updateHalts: updateHalts(ports),
    getModerationHealth: functionHealth('moderation'),
  },
  httpDependencies(config),
);
