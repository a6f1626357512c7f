import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '#adapters/aws/client.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { tableNames } from '#stage/resources.ts';

type DeployedStack = { chain: Sandbox; apiUrl: string; siteUrl: string; payeeUrl: string };

/** The addresses of the deployed stack, under the variables that name those of a sandbox. */
export async function testEnvironment(facts: DeployedStack): Promise<Record<string, string>> {
  const { chain, apiUrl, siteUrl, payeeUrl } = facts;
  const { urls, env, secrets, stage, houseAddress } = chain;
  const { MONERO_NODE_URL: nodeUrl = '' } = env;
  const queues = awsClient(SQSClient, {});
  const urlOf = async (QueueName: string) =>
    (await queues.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  return {
    ...tableNames(stage),
    STAGE: stage,
    MONERO_NETWORK: 'regtest',
    SITE_ORIGIN: siteUrl,
    PAYOUT_QUEUE_URL: await urlOf(`pupero-${stage}-payouts.fifo`),
    MAIL_QUEUE_URL: await urlOf(`pupero-${stage}-mails`),
    COVER_QUEUE_URL: await urlOf(`pupero-${stage}-covers`),
    LIVE_QUEUE_URL: await urlOf(`pupero-${stage}-live`),
    MONERO_NODE_URL: nodeUrl,
    MONERO_WALLET_RPC_URL: urls.wallet,
    MONERO_WALLET_RPC_USER: secrets.MONERO_WALLET_RPC_USER,
    MONERO_WALLET_RPC_PASSWORD: secrets.MONERO_WALLET_RPC_PASSWORD,
    PUPERO_TEST_API_URL: apiUrl,
    PUPERO_TEST_SITE_URL: siteUrl,
    PUPERO_TEST_PAYEE_URL: payeeUrl,
    PUPERO_TEST_NODE_URL: nodeUrl,
    PUPERO_TEST_HOUSE_ADDRESS: houseAddress,
    PUPERO_TEST_MAILBOX: `${process.env.AWS_ENDPOINT_URL}/_ministack/ses/messages`,
    PUPERO_TEST_GATEWAY: 'deployed',
    PUPERO_TEST_LAMBDA_URL: process.env.AWS_ENDPOINT_URL ?? '',
  };
}
