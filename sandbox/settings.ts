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

const Variables = z
  .object({
    ...Object.fromEntries(portNames.map((name) => [portTable[name].variable, port(name)])),
    PUPERO_DATA_DIR: z.string().min(1).default('.data'),
    PUPERO_MINE_EVERY_SECONDS: z.coerce.number('must be a number of seconds').min(0).max(3600).default(5),
    MONERO_NETWORK: z
      .literal('regtest', 'must be regtest or unset: npm start runs a private chain')
      .optional(),
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_SQS: url,
    MONERO_NODE_URL: url,
    MONERO_WALLET_RPC_URL: url,
    MONERO_WALLET_RPC_USER: z.string().optional(),
    MONERO_WALLET_RPC_PASSWORD: z.string().optional(),
  })
  .superRefine((read, context) => {
    const { MONERO_WALLET_RPC_USER: user, MONERO_WALLET_RPC_PASSWORD: password } = read;
    if ((user === undefined) !== (password === undefined)) {
      const path = [user === undefined ? 'MONERO_WALLET_RPC_USER' : 'MONERO_WALLET_RPC_PASSWORD'];
      context.addIssue({ code: 'custom', path, message: 'user and password come together' });
    }
  });

/** What the environment says. Throws one error that names every wrong variable. Empty ones count as unset. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Variables.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`These variables are wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
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
