import { writeFileSync } from 'node:fs';
import type { Network } from '#core/chain/networks.ts';
import type { SecretsOfADeploy } from '#deploy/secrets-of-a-deploy.ts';

export type Endpoints = { dynamodbUrl: string; queueUrl: string; nodeUrl: string; walletUrl: string };

type Facts = {
  stage: string;
  network: Network;
  endpoints: Endpoints;
  payoutQueueUrl: string;
  siteOrigin: string;
  secrets: SecretsOfADeploy;
  wallet: { user: string; password: string };
};

/** Settings and secrets of the functions: what a deploy takes from the template and from SSM. */
export function functionsEnvironment(facts: Facts): Record<string, string> {
  const { endpoints, secrets, wallet } = facts;
  return {
    ...tableNames(facts.stage),
    STAGE: facts.stage,
    MONERO_NETWORK: facts.network,
    SITE_ORIGIN: facts.siteOrigin,
    PAYOUT_QUEUE_URL: facts.payoutQueueUrl,
    MONERO_NODE_URL: endpoints.nodeUrl,
    MONERO_WALLET_RPC_URL: endpoints.walletUrl,
    MONERO_WALLET_RPC_USER: wallet.user,
    MONERO_WALLET_RPC_PASSWORD: wallet.password,
    ACCESS_TOKEN_PRIVATE_KEY: secrets.ACCESS_TOKEN_PRIVATE_KEY,
    ACCESS_TOKEN_PUBLIC_KEY: secrets.ACCESS_TOKEN_PUBLIC_KEY,
    TOTP_KEY: secrets.TOTP_KEY,
    CURSOR_KEY: secrets.CURSOR_KEY,
    EDGE_KEY: secrets.EDGE_KEY,
    ...awsEnvironment(endpoints),
  };
}

/** What the engines are signed in to with: they take anything, but something. */
export const sandboxCredentials = () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID || 'sandbox',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY || 'sandbox',
});

const endpointNames = [
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_SQS',
  'PUPERO_LAMBDA_URL',
  'MONERO_NODE_URL',
  'MONERO_WALLET_RPC_URL',
];

/** Keeps the addresses with their keys where the operator's own programs find them. A shell can read the file. */
export function writeEndpoints(file: string, env: Record<string, string>): void {
  const lines = endpointNames.map((name) => `${name}=${env[name] ?? ''}`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Points the AWS SDK at the engines; nothing is ever asked of the real one. */
function awsEnvironment(endpoints: Pick<Endpoints, 'dynamodbUrl' | 'queueUrl'>): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: sandboxCredentials().accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandboxCredentials().secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodbUrl,
    AWS_ENDPOINT_URL_SQS: endpoints.queueUrl,
  };
}

/** Names of the tables by the variables that tell of them. */
export function tableNames(stage: string): Record<string, string> {
  const name = (table: string) => `pupero-${stage}-${table}`;
  return {
    ACCOUNTS_TABLE: name('accounts'),
    SESSIONS_TABLE: name('sessions'),
    SECOND_FACTORS_TABLE: name('second-factors'),
    PEOPLE_TABLE: name('people'),
    OFFERS_TABLE: name('offers'),
    TRADES_TABLE: name('trades'),
    LEDGER_TABLE: name('ledger'),
    PAYMENTS_TABLE: name('payments'),
  };
}
