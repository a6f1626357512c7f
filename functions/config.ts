import * as z from 'zod';
import { KEY_FORMATS } from '#adapters/secrets/formats.ts';
import { storedSecrets } from '#adapters/secrets/parameter-store.ts';
import { secretsInFile } from '#adapters/secrets/secrets-file.ts';
import { plainUrl } from '#adapters/secrets/urls.ts';
import { NETWORKS } from '#core/chain/networks.ts';
import { parseXmr } from '#core/money/xmr.ts';
import { SMALLEST_WITHDRAWAL_PICONERO } from '#core/withdrawals/limits.ts';

const name = z.string().min(1);
const url = plainUrl('must be an http(s) address');

/** Every variable that a function may read. None has a default. A missing one is an error, unless it is optional. */
const VARIABLES = {
  STAGE: name,
  MONERO_NETWORK: z.enum(NETWORKS),
  SITE_ORIGIN: url,
  ACCOUNTS_TABLE: name,
  SESSIONS_TABLE: name,
  SECOND_FACTORS_TABLE: name,
  PAYMENT_ACCOUNTS_TABLE: name,
  PEOPLE_TABLE: name,
  OFFERS_TABLE: name,
  RATES_TABLE: name,
  REPUTATION_TABLE: name,
  TRADES_TABLE: name,
  LEDGER_TABLE: name,
  PAYMENTS_TABLE: name,
  EVENTS_TABLE: name,
  NOTICES_TABLE: name,
  MODERATION_TABLE: name,
  HALTS_TABLE: name,
  TALK_TABLE: name,
  PICTURES_BUCKET: name,
  /** Optional. The engine that has the bucket, if it is not AWS. */
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  /** Optional. An emulator of all of AWS. */
  AWS_ENDPOINT_URL: z.string().optional(),
  PAYOUT_QUEUE_URL: url,
  MAIL_QUEUE_URL: url,
  COVER_QUEUE_URL: url,
  LIVE_QUEUE_URL: url,
  LIVE_TABLE: name,
  /** Where clients open a WebSocket. */
  LIVE_URL: z.url({ protocol: /^wss?$/, error: 'must be a ws(s) address' }),
  /** Where functions post to the connections of clients. */
  LIVE_CONNECTIONS_URL: url,
  /** Optional. Sender of mails. Without it this installation sends no mail. */
  PUPERO_MAIL_FROM: z.string().optional(),
  /** Optional. SMTP server with user and password. Without it mails go through Amazon SES. */
  PUPERO_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp(s) address' }).optional(),
  ...KEY_FORMATS,
  /** Optional. Without it no front is trusted, and the client's address is the one that the gateway saw. */
  EDGE_KEY: KEY_FORMATS.EDGE_KEY.optional(),
  THROTTLE: z.enum(['on', 'off']),
  /** XMR, as `0.001`. The default is in the core. */
  PUPERO_MIN_WITHDRAWAL_XMR: z
    .string()
    .optional()
    .transform((text, context) => {
      const amount = text === undefined ? SMALLEST_WITHDRAWAL_PICONERO : parseXmr(text);
      if (typeof amount !== 'string') return amount;
      context.addIssue({ code: 'custom', message: amount });
      return z.NEVER;
    }),
  /** Optional. `public`: prices of CoinGecko and Kraken. `sandbox`, the default: made-up ones, refused on mainnet. */
  PUPERO_PRICES: z.enum(['sandbox', 'public'], 'must be sandbox or public').default('sandbox'),
  /** Optional. Another address of CoinGecko's API. */
  PUPERO_COINGECKO_URL: url.optional(),
  /** Optional. Another address of Kraken's API. */
  PUPERO_KRAKEN_URL: url.optional(),
  MONERO_NODE_URL: url,
  MONERO_WALLET_RPC_URL: url,
  MONERO_WALLET_RPC_USER: name,
  MONERO_WALLET_RPC_PASSWORD: name,
} as const;

/** Variables that a deploy keeps in AWS Systems Manager, one parameter each, and in no template. */
export const SECRETS = [
  'ACCESS_TOKEN_PUBLIC_KEY',
  'ACCESS_TOKEN_PRIVATE_KEY',
  'TOTP_KEY',
  'PAYMENT_DETAILS_KEY',
  'CURSOR_KEY',
  'EDGE_KEY',
  'MONERO_WALLET_RPC_USER',
  'MONERO_WALLET_RPC_PASSWORD',
] as const satisfies readonly (keyof typeof VARIABLES)[];

type Variables = typeof VARIABLES;
type Environment = Record<string, string | undefined>;
export type Config<N extends keyof Variables> = { [K in N]: z.output<Variables[K]> };

/**
 * Reads the variables that a function needs from the environment. Secrets that it lacks are read from the file
 * SECRETS_FILE, or from SECRETS_PATH in Parameter Store, if one is set. It runs at the start, so that no function
 * serves without a variable, and again for keys that are rotated.
 *
 * @throws an Error that names every missing or wrong variable, but no value, because some are secret
 */
export async function readConfig<const N extends keyof Variables>(
  names: readonly N[],
  environment: Environment = process.env,
  readSecrets = storedSecrets,
): Promise<Config<N>> {
  const { SECRETS_FILE: file, SECRETS_PATH: path } = environment;
  const stored = SECRETS.filter((name) => (names as readonly string[]).includes(name) && !environment[name]);
  if (file && stored.length > 0) return parsed(names, { ...environment, ...secretsInFile(file, stored) });
  if (!path || stored.length === 0) return parsed(names, environment);
  const found = { ...environment, ...(await readSecrets(path, stored)) };
  // EDGE_KEY is optional elsewhere and required here, because a deploy always has a front that must be trusted.
  const lacking = stored.filter((name) => !found[name]);
  return parsed(names, found, (name) =>
    (lacking as readonly string[]).includes(name)
      ? `there is no ${path}/${name} in Parameter Store`
      : undefined,
  );
}

function parsed<const N extends keyof Variables>(
  names: readonly N[],
  environment: Environment,
  /** The place at which a required variable was expected. */
  placeOf: (name: string) => string | undefined = () => undefined,
): Config<N> {
  const wrong = unacceptedIn(environment);
  const read = names.map((variable) => {
    const value = environment[variable] || undefined;
    const result = VARIABLES[variable].safeParse(value);
    const place = value === undefined && placeOf(variable);
    if (place) wrong.push(`${variable} is missing (${place})`);
    else if (!result.success)
      wrong.push(`${variable} ${value === undefined ? 'is missing' : result.error.issues[0]!.message}`);
    return [variable, result.data];
  });
  if (wrong.length) throw new Error(`The environment is wrong: ${wrong.join('; ')}`);
  return Object.fromEntries(read) as Config<N>;
}

/** Mainnet needs an explicit consent, so that real coins are never at risk by mistake. */
function unacceptedIn({ MONERO_NETWORK, I_ACCEPT_REAL_MONEY }: Record<string, string | undefined>): string[] {
  const isMeant = MONERO_NETWORK !== 'mainnet' || I_ACCEPT_REAL_MONEY === 'yes';
  return isMeant ? [] : ['I_ACCEPT_REAL_MONEY must be yes, as MONERO_NETWORK is mainnet: its coins are real'];
}

/**
 * Whether failed tries are counted. THROTTLE=off turns it off, which only a sandbox may do.
 * @throws an Error if it is off on another network than regtest
 */
export function throttleIsOn(environment: Environment = process.env): boolean {
  const config = parsed(['THROTTLE', 'MONERO_NETWORK'], {
    ...environment,
    THROTTLE: environment.THROTTLE || 'on',
  });
  if (config.THROTTLE === 'off' && config.MONERO_NETWORK !== 'regtest')
    throw new Error('The environment is wrong: THROTTLE may be off on regtest only');
  return config.THROTTLE === 'on';
}
