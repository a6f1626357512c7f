import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { accountDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import * as contract from '#contract/wallet.ts';
import { getWallet } from '#core/wallet/get-wallet.ts';
import { listEntries } from '#core/wallet/list-entries.ts';
import { client, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';

const config = await readConfig([...HTTP_SETTINGS, 'LEDGER_TABLE', 'PAYMENTS_TABLE', 'MONERO_NETWORK']);
const ports = {
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  deposits: accountDeposits(client, config.PAYMENTS_TABLE, log),
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
