import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { NETWORKS, type Network } from '#core/chain/networks.ts';
import type { DeploySecrets } from '#stage/deploy-secrets.ts';
import type { Front } from '../settings/front.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { rotatedFileIn, secretsGiven } from './secrets.ts';

export type Production = Settings & {
  network: Network;
  secrets: DeploySecrets;
  /** Absent if the keys of access tokens are given by variables. */
  secretsFile: string | undefined;
  front: Front;
  /** False if the operator says that nobody else uses the machine. */
  keepsUsersOut: boolean;
};

type Environment = Record<string, string | undefined>;

const Variables = z.object({
  MONERO_NETWORK: z.enum(NETWORKS, `must be one of ${NETWORKS.join(', ')}`).default('regtest'),
  PUPERO_LISTEN: z
    .union([z.ipv4(), z.ipv6()], 'must be an IP address, as 127.0.0.1 or 0.0.0.0')
    .refine(isOurs, 'is not an address of this machine; 0.0.0.0 means all of them')
    .default('127.0.0.1'),
  SITE_ORIGIN: z
    .string()
    .refine(isOrigin, 'must be where people find the site, without a path, as https://pupero.example')
    .optional(),
  PUPERO_TRUST_PROXY: z.enum(['true', 'false'], 'must be true or false').default('false'),
  PUPERO_ONLY_USER: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
  PUPERO_MAIL_FROM: z
    .string()
    .regex(/@/, 'must be the sender of mails, as in Pupero <no-reply@pupero.example>')
    .optional(),
  PUPERO_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'must be an address with user and password, as in smtp://user:password@mail.example:587',
    })
    .optional(),
});

/** Where production mode keeps its data. */
export const dataDirIn = ({ PUPERO_DATA_DIR }: Environment) => resolve(PUPERO_DATA_DIR || '.prod');

/** Reads the settings of production mode. Empty variables count as unset. @throws an Error that names every fault */
export function readProduction(environment: NodeJS.ProcessEnv): Production {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const failures: string[] = [];
  const attempt = <Result>(read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      failures.push((error as Error).message);
      return undefined;
    }
  };
  const secrets = attempt(() => secretsGiven(set));
  const front = attempt(() => ownVariables(set));
  const settings = attempt(() => readSettings(asSandboxHas(set, secrets)));
  if (!secrets || !front || !settings) throw new Error(failures.join('\n\n'));
  const { network, trustsProxy, listen, siteOrigin = `http://localhost:${settings.tcpPorts.site}` } = front;
  const { keepsUsersOut } = front;
  const secretsFile = rotatedFileIn(set);
  return {
    ...settings,
    network,
    secrets,
    secretsFile,
    keepsUsersOut,
    front: { listen, siteOrigin, trustsProxy },
  };
}

function ownVariables(set: Environment) {
  const read = Variables.safeParse(set);
  const wrong = (read.error?.issues ?? []).map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  wrong.push(...missingFor(set));
  if (!read.success || wrong.length > 0) throw new Error(`These variables are wrong:\n${wrong.join('\n')}`);
  const { MONERO_NETWORK: network, PUPERO_LISTEN: listen, SITE_ORIGIN, PUPERO_TRUST_PROXY } = read.data;
  const siteOrigin = SITE_ORIGIN && new URL(SITE_ORIGIN).origin;
  const keepsUsersOut = read.data.PUPERO_ONLY_USER === 'no';
  return { network, listen, siteOrigin, trustsProxy: PUPERO_TRUST_PROXY === 'true', keepsUsersOut };
}

/**
 * Public networks require the operator's own node and wallet, and mainnet also requires I_ACCEPT_REAL_MONEY. Mails
 * require a sender and a server.
 */
function missingFor(set: Environment): string[] {
  const { MONERO_NETWORK: network = 'regtest', I_ACCEPT_REAL_MONEY } = set;
  const mailIsHalf = Boolean(set.PUPERO_MAIL_FROM) !== Boolean(set.PUPERO_SMTP_URL);
  const mail = mailIsHalf ? ['  PUPERO_MAIL_FROM: and PUPERO_SMTP_URL must be set together'] : [];
  if (network === 'regtest') return mail;
  const missing = ['MONERO_NODE_URL', 'MONERO_WALLET_RPC_URL']
    .filter((name) => !set[name])
    .map((name) => `  ${name}: missing; on ${network}, node and wallet are your own (docs/production.md)`);
  if (network === 'mainnet' && I_ACCEPT_REAL_MONEY !== 'yes')
    missing.push('  I_ACCEPT_REAL_MONEY: must be yes on mainnet, because its coins are real');
  if (network === 'mainnet' && set.PUPERO_PRICES !== 'public')
    missing.push('  PUPERO_PRICES: must be public on mainnet, because the sandbox’s prices are made up');
  return [...missing, ...mail];
}

/** The variables that both modes share. The login of the operator's own wallet-rpc is one of the secrets here. */
function asSandboxHas(set: Environment, secrets: DeploySecrets | undefined): Environment {
  const { MONERO_NETWORK: _network, MONERO_WALLET_RPC_USER, MONERO_WALLET_RPC_PASSWORD, ...rest } = set;
  const isOwn = set.MONERO_WALLET_RPC_URL !== undefined;
  const login = {
    MONERO_WALLET_RPC_USER: secrets?.MONERO_WALLET_RPC_USER ?? 'named above',
    MONERO_WALLET_RPC_PASSWORD: secrets?.MONERO_WALLET_RPC_PASSWORD ?? 'named above',
  };
  return { ...rest, ...(isOwn && login), PUPERO_DATA_DIR: dataDirIn(set) };
}

function isOurs(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const isLoopback = /^127\./.test(address) || address === '::1';
  return isLoopback || ['0.0.0.0', '::'].includes(address) || own.some((one) => one.address === address);
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && [origin, `${origin}/`].includes(text.toLowerCase());
}
