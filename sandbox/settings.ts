import { resolve } from 'node:path';
import { z } from 'zod';
import { type PortName, type Ports, portNames, portTable } from './ports.ts';

/** Parts of one's own, used instead of started ones. */
export type OwnParts = {
  dynamodbUrl?: string;
  queueUrl?: string;
  nodeUrl?: string;
  wallet?: { url: string; user?: string; password?: string };
};

export type Settings = { ports: Ports; dataDir: string; mineEverySeconds: number; own: OwnParts };

const port = (name: PortName) =>
  z.coerce.number('must be a port number').int().min(1).max(65_535).default(portTable[name].standard);
const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional();

const Variables = z.object({
  ...Object.fromEntries(portNames.map((name) => [portTable[name].variable, port(name)])),
  PUPERO_DATA_DIR: z.string().min(1).default('.data'),
  PUPERO_MINE_EVERY_SECONDS: z.coerce.number('must be a number of seconds').min(0).max(3600).default(5),
  MONERO_NETWORK: z.literal('regtest', 'must be regtest or unset: npm start runs a private chain').optional(),
  AWS_ENDPOINT_URL_DYNAMODB: url,
  AWS_ENDPOINT_URL_SQS: url,
  MONERO_NODE_URL: url,
  MONERO_WALLET_RPC_URL: url,
  MONERO_WALLET_RPC_USER: z.string().optional(),
  MONERO_WALLET_RPC_PASSWORD: z.string().optional(),
});

/** What the environment says. Throws one error that names every wrong variable. Empty ones count as unset. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Variables.safeParse(set);
  const wrong = [...(parsed.error?.issues ?? []).map(lineOf), ...halfLogin(set)];
  if (!parsed.success || wrong.length > 0) throw new Error(`These variables are wrong:\n${wrong.join('\n')}`);
  const read = parsed.data;
  const ports = Object.fromEntries(
    portNames.map((name) => [name, (read as Record<string, unknown>)[portTable[name].variable]]),
  ) as Ports;
  return {
    ports,
    dataDir: resolve(read.PUPERO_DATA_DIR),
    mineEverySeconds: read.PUPERO_MINE_EVERY_SECONDS,
    own: {
      dynamodbUrl: read.AWS_ENDPOINT_URL_DYNAMODB,
      queueUrl: read.AWS_ENDPOINT_URL_SQS,
      nodeUrl: read.MONERO_NODE_URL,
      wallet: read.MONERO_WALLET_RPC_URL
        ? {
            url: read.MONERO_WALLET_RPC_URL,
            user: read.MONERO_WALLET_RPC_USER,
            password: read.MONERO_WALLET_RPC_PASSWORD,
          }
        : undefined,
    },
  };
}

function lineOf({ path, message }: z.core.$ZodIssue): string {
  return `  ${path.join('.')}: ${message}`;
}

function halfLogin({
  MONERO_WALLET_RPC_USER: user,
  MONERO_WALLET_RPC_PASSWORD: password,
}: NodeJS.ProcessEnv): string[] {
  if (Boolean(user) === Boolean(password)) return [];
  return [`  MONERO_WALLET_RPC_${user ? 'PASSWORD' : 'USER'}: missing; user and password come together`];
}
