import { dynamoReadAccounts } from '#adapters/dynamodb/accounts.ts';
import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { accountDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { reportsOfAccounts } from '#adapters/dynamodb/moderation.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { countedTrades, readReviews } from '#adapters/dynamodb/reputation.ts';
import { accountWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { argon2id } from '#adapters/passwords/argon2id.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import * as contract from '#contract/privacy.ts';
import { deleteMe } from '#core/privacy/delete-me.ts';
import { exportMe } from '#core/privacy/export-me.ts';
import type { PrivacyPorts } from '#core/privacy/ports.ts';
import { client, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';
import { SECOND_FACTOR_SETTINGS, secondFactorPorts } from '../second-factor.ts';
import { ERASING_SETTINGS, erasingPorts } from './ports.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...ERASING_SETTINGS,
  ...SECOND_FACTOR_SETTINGS,
  'MODERATION_TABLE',
  'PAYMENT_DETAILS_KEY',
]);
const erasing = erasingPorts(config);
const ports: PrivacyPorts = {
  ...erasing,
  ...secondFactorPorts(config),
  accounts: dynamoReadAccounts(client, config.ACCOUNTS_TABLE),
  detailsCipher: aesGcm(config.PAYMENT_DETAILS_KEY),
  passwords: argon2id(),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  deposits: accountDeposits(client, config.PAYMENTS_TABLE, log),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  withdrawals: accountWithdrawals(client, config.PAYMENTS_TABLE, log),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
  reputation: {
    ...erasing.reputation,
    ...readReviews(client, config.REPUTATION_TABLE, log),
    ...countedTrades(client, config.REPUTATION_TABLE),
  },
  moderation: reportsOfAccounts(client, config.MODERATION_TABLE, log),
};

export const handler = httpApi(
  contract,
  { exportMe: exportMe(ports), deleteMe: deleteMe(ports) },
  httpDependencies(config),
);
