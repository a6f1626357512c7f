import { resolve } from 'node:path';
import { z } from 'zod';
import { plainUrl } from '#adapters/secrets/urls.ts';
import { parseXmr } from '#core/money/xmr.ts';
import { type TcpPortName, type TcpPorts, tcpPortNames, tcpPortTable } from './tcp-ports.ts';

/** Parts that the operator runs, which the sandbox uses instead of starting its own. */
export type OwnParts = {
  dynamodbUrl?: string;
  queueUrl?: string;
  nodeUrl?: string;
  wallet?: { url: string; user: string; password: string };
};

export type Settings = {
  tcpPorts: TcpPorts;
  dataDir: string;
  mineEverySeconds: number;
  allowedHosts: string[];
  own: OwnParts;
};

const port = (name: TcpPortName) =>
  z.coerce.number('must be a port number').int().min(1).max(65_535).default(tcpPortTable[name].standard);
const url = plainUrl('must be an http(s) address').optional();

const hosts = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((host) => host.trim().toLowerCase() || []))
  .refine(
    (list) => list.every((host) => URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host),
    'must be hosts with or without a port, as pupero.test,box.local:8000',
  );

const Variables = z.object({
  ...Object.fromEntries(tcpPortNames.map((name) => [tcpPortTable[name].variable, port(name)])),
  PUPERO_DATA_DIR: z.string().min(1).default('.data'),
  PUPERO_MINE_EVERY_SECONDS: z.coerce.number('must be a number of seconds').min(0).max(3600).default(5),
  PUPERO_MIN_WITHDRAWAL_XMR: z
    .string()
    .refine((text) => typeof parseXmr(text) !== 'string', 'must be an amount of XMR above 0, as 0.001')
    .optional(),
  PUPERO_PRICES: z.enum(['sandbox', 'public'], 'must be sandbox or public').optional(),
  MONERO_NETWORK: z.literal('regtest', 'must be regtest or unset: npm start runs a private chain').optional(),
  PUPERO_ALLOWED_HOSTS: hosts,
  AWS_ENDPOINT_URL_DYNAMODB: url,
  AWS_ENDPOINT_URL_SQS: url,
  MONERO_NODE_URL: url,
  MONERO_WALLET_RPC_URL: url,
  MONERO_WALLET_RPC_USER: z.string().optional(),
  MONERO_WALLET_RPC_PASSWORD: z.string().optional(),
});

/** Reads the sandbox's settings. Empty variables count as unset. @throws an Error that names every wrong variable */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Variables.safeParse(set);
  const wrong = [...(parsed.error?.issues ?? []).map(lineOf), ...missingLogin(set)];
  const tcpPorts = tcpPortsIn(parsed.data);
  if (tcpPorts) wrong.push(...duplicatePorts(tcpPorts));
  if (!parsed.success || !tcpPorts || wrong.length > 0)
    throw new Error(`These variables are wrong:\n${wrong.join('\n')}`);
  const read = parsed.data;
  return {
    tcpPorts,
    dataDir: resolve(read.PUPERO_DATA_DIR),
    mineEverySeconds: read.PUPERO_MINE_EVERY_SECONDS,
    allowedHosts: read.PUPERO_ALLOWED_HOSTS,
    own: {
      dynamodbUrl: read.AWS_ENDPOINT_URL_DYNAMODB,
      queueUrl: read.AWS_ENDPOINT_URL_SQS,
      nodeUrl: read.MONERO_NODE_URL,
      wallet: read.MONERO_WALLET_RPC_URL
        ? {
            url: read.MONERO_WALLET_RPC_URL,
            user: read.MONERO_WALLET_RPC_USER ?? '',
            password: read.MONERO_WALLET_RPC_PASSWORD ?? '',
          }
        : undefined,
    },
  };
}

function tcpPortsIn(read: Record<string, unknown> | undefined): TcpPorts | undefined {
  return (
    read &&
    (Object.fromEntries(tcpPortNames.map((name) => [name, read[tcpPortTable[name].variable]])) as TcpPorts)
  );
}

function lineOf({ path, message }: z.core.$ZodIssue): string {
  return `  ${path.join('.')}: ${message}`;
}

/** The functions log in to every wallet-rpc, including the operator's own. */
function missingLogin(set: NodeJS.ProcessEnv): string[] {
  const login = ['MONERO_WALLET_RPC_USER', 'MONERO_WALLET_RPC_PASSWORD'];
  const wanted = ['MONERO_WALLET_RPC_URL', ...login].some((name) => set[name]);
  if (!wanted) return [];
  return login
    .filter((name) => !set[name])
    .map((name) => `  ${name}: missing; wallet-rpc's address, user and password come together`);
}

function duplicatePorts(tcpPorts: TcpPorts): string[] {
  return tcpPortNames.flatMap((name, index) => {
    const other = tcpPortNames.slice(0, index).find((before) => tcpPorts[before] === tcpPorts[name]);
    const { variable } = tcpPortTable[name];
    return other ? [`  ${variable}: ${tcpPorts[name]} is already ${tcpPortTable[other].variable}`] : [];
  });
}
