import { z } from 'zod';
import { NETWORKS } from '#core/monero/networks.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address that the functions reach' });

const Variables = z
  .object({
    MONERO_NETWORK: z.enum(NETWORKS, `must be one of ${NETWORKS.join(', ')}`).default('testnet'),
    I_ACCEPT_REAL_MONEY: z.string().optional(),
    MONERO_NODE_URL: url,
    MONERO_WALLET_RPC_URL: url,
    SITE_DOMAIN: z.hostname('must be a host name, as in pupero.example').optional(),
    SITE_CERTIFICATE_ARN: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:us-east-1:/, 'must be the ARN of a certificate in us-east-1')
      .optional(),
  })
  .refine((read) => read.MONERO_NETWORK !== 'mainnet' || read.I_ACCEPT_REAL_MONEY === 'yes', {
    path: ['I_ACCEPT_REAL_MONEY'],
    error: 'must be yes, as MONERO_NETWORK is mainnet: its coins are real',
  })
  .refine((read) => Boolean(read.SITE_DOMAIN) === Boolean(read.SITE_CERTIFICATE_ARN), {
    path: ['SITE_DOMAIN'],
    error: 'and SITE_CERTIFICATE_ARN come together',
  });

/**
 * What a deploy is told by the environment, which serverless.yml reads again by itself.
 * @throws one Error that names every variable that is missing or wrong. Empty ones count as unset
 */
export function checkSettings(environment: NodeJS.ProcessEnv): void {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { error } = Variables.safeParse(set);
  if (!error) return;
  const lines = error.issues.map(
    ({ path: [name], message }) =>
      `  ${String(name)}: ${set[String(name)] === undefined ? 'missing; ' : ''}${message}`,
  );
  throw new Error(`These variables are wrong:\n${lines.join('\n')}`);
}
