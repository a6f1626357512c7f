import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { provisionTables } from '#sandbox/provision/provision.ts';

export type OwnTables = Record<
  | 'accounts'
  | 'sessions'
  | 'payments'
  | 'ledger'
  | 'trades'
  | 'people'
  | 'offers'
  | 'rates'
  | 'secondFactors'
  | 'paymentAccounts'
  | 'events'
  | 'notices'
  | 'moderation'
  | 'halts'
  | 'talk'
  | 'reputation'
  | 'live',
  string
>;

/** Makes separate tables for one suite, as infra/tables declares them, so that its rows do not affect other suites. */
export async function ownTables(): Promise<OwnTables> {
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const client = awsClient(DynamoDBClient, {});
  await provisionTables(client, stage);
  client.destroy();
  const names = {
    accounts: 'accounts',
    sessions: 'sessions',
    payments: 'payments',
    ledger: 'ledger',
    trades: 'trades',
    people: 'people',
    offers: 'offers',
    rates: 'rates',
    secondFactors: 'second-factors',
    paymentAccounts: 'payment-accounts',
    events: 'events',
    notices: 'notices',
    moderation: 'moderation',
    halts: 'halts',
    talk: 'talk',
    reputation: 'reputation',
    live: 'live',
  } satisfies OwnTables;
  const named = Object.entries(names).map(([table, name]) => [table, `pupero-${stage}-${name}`]);
  return Object.fromEntries(named) as OwnTables;
}
