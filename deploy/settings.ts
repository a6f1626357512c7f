import { z } from 'zod';
import { plainUrl } from '#adapters/secrets/urls.ts';
import { NETWORKS } from '#core/chain/networks.ts';
import { parseXmr } from '#core/money/xmr.ts';

const url = plainUrl('must be an http(s) address that the functions reach');

/** Variables by which tests adapt the service to an emulator. On AWS they would break it. */
const EMULATORS_ONLY = [
  'SITE_ORIGIN',
  'PUPERO_SCHEDULES',
  'PUPERO_SECRETS_PATH',
  'PAYOUT_QUEUE_URL',
  'MAIL_QUEUE_URL',
  'COVER_QUEUE_URL',
  'LIVE_QUEUE_URL',
  'LIVE_URL',
  'LIVE_CONNECTIONS_URL',
  'PUPERO_EDGE',
  'PUPERO_ARCHITECTURE',
];

const Variables = z
  .object({
    MONERO_NETWORK: z.enum(NETWORKS, `must be one of ${NETWORKS.join(', ')}`).default('testnet'),
    I_ACCEPT_REAL_MONEY: z.string().optional(),
    MONERO_NODE_URL: url,
    MONERO_WALLET_RPC_URL: url,
    /** An identity that Amazon SES has verified. Without it the stage sends no mail. */
    PUPERO_MAIL_FROM: z.string().optional(),
    PUPERO_MIN_WITHDRAWAL_XMR: z
      .string()
      .refine((text) => typeof parseXmr(text) !== 'string', 'must be an amount of XMR above 0, as 0.001')
      .optional(),
    PUPERO_PRICES: z.enum(['sandbox', 'public'], 'must be public, or sandbox for made-up prices').optional(),
    SITE_DOMAIN: z.hostname('must be a host name, as in pupero.example').optional(),
    SITE_CERTIFICATE_ARN: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:us-east-1:/, 'must be the ARN of a certificate in us-east-1')
      .optional(),
  })
  .refine((read) => read.MONERO_NETWORK !== 'mainnet' || read.I_ACCEPT_REAL_MONEY === 'yes', {
    path: ['I_ACCEPT_REAL_MONEY'],
    error: 'must be yes for mainnet, because its coins are real',
  })
  .refine((read) => read.MONERO_NETWORK !== 'mainnet' || read.PUPERO_PRICES === 'public', {
    path: ['PUPERO_PRICES'],
    error: 'must be public for mainnet, because nobody may pay a made-up price with real coins',
  })
  .refine((read) => Boolean(read.SITE_DOMAIN) === Boolean(read.SITE_CERTIFICATE_ARN), {
    path: ['SITE_DOMAIN'],
    error: 'and SITE_CERTIFICATE_ARN must be set together',
  });

/**
 * Checks the variables of a deploy, which serverless.yml reads by itself.
 * @throws one Error that names every variable that is missing or wrong. Empty ones count as unset
 */
export function checkSettings(environment: NodeJS.ProcessEnv): void {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { error } = Variables.safeParse(set);
  const lines = (error?.issues ?? []).map(({ path: [name], message }) =>
    lineOf(String(name), set[String(name)] === undefined ? `missing; ${message}` : message),
  );
  if (!set.AWS_ENDPOINT_URL) lines.push(...notOnAws(set));
  if (lines.length > 0) throw new Error(`These variables are wrong:\n${lines.join('\n')}`);
}

const lineOf = (name: string, message: string) => `  ${name}: ${message}`;

function notOnAws(set: NodeJS.ProcessEnv): string[] {
  const regtest =
    set.MONERO_NETWORK === 'regtest' && lineOf('MONERO_NETWORK', 'regtest is not possible on AWS');
  const others = EMULATORS_ONLY.filter((name) => set[name] !== undefined).map((name) =>
    lineOf(name, 'is for emulators (AWS_ENDPOINT_URL); unset it'),
  );
  return [...(regtest ? [regtest] : []), ...others];
}
