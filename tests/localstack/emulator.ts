import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChildSpec } from '#sandbox/processes/child.ts';
import { freeTcpPort, loopbackUrl } from '#sandbox/settings/tcp-ports.ts';

/** An emulator of AWS to deploy to. */
export type Emulator = {
  /** The variables that every AWS tool reads. */
  env: {
    AWS_ENDPOINT_URL: string;
    AWS_REGION: string;
    AWS_ACCESS_KEY_ID: string;
    AWS_SECRET_ACCESS_KEY: string;
  };
  /** Whether CloudFront's resources are deployed, too. */
  edge: 'cloudfront' | 'none';
};

const test = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/**
 * Points AWS's tools in this process and its children to the emulator only. Removes earlier settings: a profile, the
 * address of a single service, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS.
 */
export function useEmulator({ env, edge }: Emulator): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, env, { PUPERO_EDGE: edge });
}

/** The emulator at AWS_ENDPOINT_URL. */
export function givenEmulator(): Emulator | undefined {
  const url = process.env.AWS_ENDPOINT_URL?.replace(/\/$/, '');
  if (!url) return undefined;
  const edge = process.env.PUPERO_EDGE === 'cloudfront' ? 'cloudfront' : 'none';
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env;
  const given = AWS_ACCESS_KEY_ID ? { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } : {};
  return { env: { ...test, ...given, AWS_ENDPOINT_URL: url }, edge };
}

/**
 * MiniStack, with IAM enforced, on loopback only. The functions inherit its environment, so it gets almost none. They
 * run with the first `node` on its PATH, which is this one.
 */
export async function ownEmulator(
  program: string,
  folder: string,
): Promise<{ spec: ChildSpec; emulator: Emulator }> {
  const port = await freeTcpPort();
  const url = loopbackUrl(port);
  const temporary = join(folder, 'emulator');
  mkdirSync(temporary, { recursive: true });
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const spec: ChildSpec = {
    name: 'emulator',
    command: program,
    args: [],
    env: {
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
      HOME: temporary,
      TMPDIR: temporary,
      AUTH: 'true',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      // The stories make fifty simultaneous calls, and the emulator must not refuse any of them.
      IOT_MTLS_ENABLED: '0',
      LAMBDA_ACCOUNT_CONCURRENCY: '64',
    },
    logFile: join(folder, 'logs', 'emulator.log'),
    isReady: async () => (await fetch(`${url}/_localstack/health`)).ok,
    endsWithinMs: 10_000,
  };
  return { spec, emulator: { env: { ...test, AWS_ENDPOINT_URL: url }, edge: 'cloudfront' } };
}
