import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import * as contract from '#contract/wallet.ts';
import { getWallet } from '#core/wallet/get-wallet.ts';
import { listEntries } from '#core/wallet/list-entries.ts';
import { client, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'LEDGER_TABLE',
  'EVENTS_TABLE',
  'PAYMENTS_TABLE',
  'MONERO_NETWORK',
]);
const tables = { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE };
const ports = {
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  deposits: dynamoDeposits(client, tables, storeParts(config)),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  network: config.MONERO_NETWORK,
};

export const handler = httpApi(
  contract,
  {
    getWallet: getWallet(ports),
    listEntries: listEntries(ports),
    getWalletHealth: functionHealth('wallet'),
  },
  httpDependencies(config),
);
