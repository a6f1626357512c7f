import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Network } from '#core/chain/networks.ts';
import type { DeploySecrets } from '#stage/deploy-secrets.ts';
import { tableNames } from '#stage/resources.ts';
import { LIVE_PATH } from '../site/web-sockets.ts';

type Endpoints = {
  dynamodbUrl: string;
  queueUrl: string;
  nodeUrl: string;
  walletUrl: string;
  /** The WebSocket API, with http. */
  liveUrl: string;
};

type FunctionsSettings = {
  stage: string;
  network: Network;
  endpoints: Endpoints;
  /** By logical name. */
  queueUrls: Record<string, string>;
  /** Sender and server of mails; empty where none are sent. */
  mail: { PUPERO_MAIL_FROM: string; PUPERO_SMTP_URL: string };
  siteOrigin: string;
  secrets: DeploySecrets;
  /** The file of the keys of access tokens. Without it they are those in `secrets`, and cannot be rotated. */
  secretsFile?: string | undefined;
  wallet: { user: string; password: string };
};

/** The functions' settings and secrets, which a deploy takes from the template and from Parameter Store. */
export function functionsEnvironment(settings: FunctionsSettings): Record<string, string> {
  const { endpoints, secrets, wallet } = settings;
  return {
    ...tableNames(settings.stage),
    STAGE: settings.stage,
    MONERO_NETWORK: settings.network,
    SITE_ORIGIN: settings.siteOrigin,
    PAYOUT_QUEUE_URL: settings.queueUrls.PayoutQueue ?? '',
    MAIL_QUEUE_URL: settings.queueUrls.MailQueue ?? '',
    COVER_QUEUE_URL: settings.queueUrls.CoverQueue ?? '',
    LIVE_QUEUE_URL: settings.queueUrls.LiveQueue ?? '',
    LIVE_URL: liveUrlOf(settings.siteOrigin),
    LIVE_CONNECTIONS_URL: endpoints.liveUrl,
    PICTURES_BUCKET: picturesBucket(settings.stage),
    ...settings.mail,
    MONERO_NODE_URL: endpoints.nodeUrl,
    MONERO_WALLET_RPC_URL: endpoints.walletUrl,
    MONERO_WALLET_RPC_USER: wallet.user,
    MONERO_WALLET_RPC_PASSWORD: wallet.password,
    ...accessTokenKeys(settings),
    TOTP_KEY: secrets.TOTP_KEY,
    PAYMENT_DETAILS_KEY: secrets.PAYMENT_DETAILS_KEY,
    CURSOR_KEY: secrets.CURSOR_KEY,
    EDGE_KEY: secrets.EDGE_KEY,
    ...awsEnvironment(endpoints),
  };
}

/** Where browsers open a WebSocket, on the site's own origin. The site's server passes it on. */
const liveUrlOf = (siteOrigin: string) => `${siteOrigin.replace(/^http/, 'ws')}${LIVE_PATH}`;

/** The bucket of the queue's engine, which has both. */
export const picturesBucket = (stage: string) => `pupero-${stage}-pictures`;

/** The keys of access tokens: the file if there is one, because it is read again after a rotation; else the values. */
function accessTokenKeys({ secrets, secretsFile }: FunctionsSettings): Record<string, string> {
  if (secretsFile) return { SECRETS_FILE: secretsFile };
  const { ACCESS_TOKEN_PRIVATE_KEY, ACCESS_TOKEN_PUBLIC_KEY } = secrets;
  return { ACCESS_TOKEN_PRIVATE_KEY, ACCESS_TOKEN_PUBLIC_KEY };
}

/** Signs the addresses of pictures, which the site checks. It is new for each start, because they expire. */
const signingKey = randomBytes(32).toString('base64url');

/** Credentials for the engines, which accept any but require some. */
export const sandboxCredentials = () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID || 'sandbox',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY || signingKey,
});

const endpointNames = [
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_SQS',
  'PUPERO_LAMBDA_URL',
  'MONERO_NODE_URL',
  'MONERO_WALLET_RPC_URL',
];

/** Writes the addresses with their keys for the operator's own programs, as a file that a shell can read. */
export function writeEndpoints(file: string, env: Record<string, string>): void {
  const lines = endpointNames.map((name) => `${name}=${env[name] ?? ''}`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Points the AWS SDK at the engines, so that it never calls AWS. */
function awsEnvironment(endpoints: Pick<Endpoints, 'dynamodbUrl' | 'queueUrl'>): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: sandboxCredentials().accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandboxCredentials().secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodbUrl,
    AWS_ENDPOINT_URL_SQS: endpoints.queueUrl,
    AWS_ENDPOINT_URL_S3: endpoints.queueUrl,
  };
}
