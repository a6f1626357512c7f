import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { accountDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import * as contract from '#contract/deposits.ts';
import { listDeposits } from '#core/deposits/list-deposits.ts';
import { newDepositAddress } from '#core/deposits/new-deposit-address.ts';
import { client, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';

const config = await readConfig([...HTTP_SETTINGS, 'PAYMENTS_TABLE']);
const ports = {
  deposits: accountDeposits(client, config.PAYMENTS_TABLE, log),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
};

export const handler = httpApi(
  contract,
  {
    newDepositAddress: newDepositAddress(ports),
    listDeposits: listDeposits(ports),
    getDepositsHealth: functionHealth('deposits'),
  },
  httpDependencies(config),
);
