import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeSecrets } from '#deploy/parameters.ts';
import { run } from '#deploy/program.ts';
import { newSecrets } from '#deploy/secrets-of-a-deploy.ts';
import { serverless, templateIn } from '#deploy/serverless.ts';
import { outputsOf } from '#deploy/stack.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { invokeFunction } from '#sandbox/parts/functions.ts';
import { freePort } from '#sandbox/ports.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { runJest } from '#tests/run/jest.ts';
import { startPayee } from '#tests/run/payee.ts';
import type { Tally } from '#tests/run/tally.ts';
import { apiUrlOf } from './api-url.ts';
import { changedCopy } from './changed-copy.ts';
import { serveFromBucket } from './site.ts';
import type { StopWatch } from './stop-watch.ts';
import { testEnvironment } from './test-environment.ts';

const root = join(import.meta.dirname, '..', '..');
/** serverless adds dependencies that are there already; the certificate is empty only where it is not looked at. */
const LINT_LEAVES = 'W3005,W1030';

export type Around = {
  folder: string;
  cfnLint: string;
  patterns: string[];
  watch: StopWatch;
  signal: AbortSignal;
  onLost: (error: Error) => void;
};

/** Deploys, lets people trade there, updates it under them, and removes it, whatever happened meanwhile. */
export async function deployAndTry(around: Around): Promise<{ stage: string; tallies: Tally[] }> {
  const { folder, watch, signal, onLost } = around;
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const options = { stage, dataDir: join(folder, 'chain'), parts: ['chain' as const], signal, onLost };
  const chain = await watch.part('a private chain, wallet-rpc', () =>
    startSandbox({ ...options, say: watch.say }),
  );
  try {
    return { stage, tallies: await onChain(chain, around) };
  } finally {
    await chain.stop();
  }
}

async function onChain(chain: Sandbox, around: Around): Promise<Tally[]> {
  const { watch, onLost } = around;
  const payeePort = await freePort();
  const payee = await watch.part('a payee', () =>
    startPayee(chain, { port: payeePort, say: watch.say, onLost }),
  );
  const sitePort = await freePort();
  const siteOrigin = `http://localhost:${sitePort}`;
  const env = deployEnvironment(chain, siteOrigin);
  const secrets = {
    ...newSecrets(),
    MONERO_WALLET_RPC_USER: chain.secrets.MONERO_WALLET_RPC_USER,
    MONERO_WALLET_RPC_PASSWORD: chain.secrets.MONERO_WALLET_RPC_PASSWORD,
  };
  try {
    await watch.part('npm run secrets', () => makeSecrets(chain.stage, secrets));
    await watch.part('npm run deploy', () => npm(['deploy', '--stage', chain.stage], env, around));
    await watch.part('cfn-lint over the deployed template', () => lint(around));
    return await onStack({ chain, env, sitePort, edgeKey: secrets.EDGE_KEY, payeeUrl: payee.url }, around);
  } finally {
    await watch
      .part('npm run undeploy', () => npm(['undeploy', '--stage', chain.stage, '--yes'], env, { watch }))
      .finally(payee.stop);
  }
}

/** What `npm run deploy` is told; the schedules stay off, as in every test: nothing happens by itself. */
function deployEnvironment({ urls }: Sandbox, siteOrigin: string) {
  return {
    ...{ MONERO_NETWORK: 'regtest', MONERO_NODE_URL: urls.node, MONERO_WALLET_RPC_URL: urls.wallet },
    ...{ SITE_ORIGIN: siteOrigin, PUPERO_SCHEDULES: 'false' },
  };
}

/** Once the watcher has looked, as its schedule would have it, /healthz says that every part is there. */
async function expectHealth({ apiUrl, ...place }: { lambdaUrl: string; stage: string; apiUrl: string }) {
  await invokeFunction(place, 'watchDeposits', {});
  const answer = await (await fetch(`${apiUrl}/healthz`)).text();
  if (JSON.parse(answer).status !== 'ok') throw new Error(`/healthz is not ok. It said: ${answer}`);
}

/** As people type it, in an environment of their own. */
async function npm(
  [script = '', ...args]: string[],
  env: Record<string, string>,
  { signal }: Partial<Around>,
) {
  const environment = { ...process.env, ...env };
  await run('npm', ['run', '--silent', script, '--', ...args], { cwd: root, env: environment, signal });
}

async function lint({ cfnLint, signal }: Around): Promise<void> {
  const template = templateIn(join(root, '.serverless'));
  await run(cfnLint, ['--ignore-checks', LINT_LEAVES, '--template', template], { signal });
}

type Stack = {
  chain: Sandbox;
  env: Record<string, string>;
  sitePort: number;
  edgeKey: string;
  payeeUrl: string;
};

async function onStack({ chain, env, sitePort, edgeKey, payeeUrl }: Stack, around: Around): Promise<Tally[]> {
  const { folder, patterns, watch, signal } = around;
  const { HttpApiId = '', SiteBucketName = '' } = (await outputsOf(chain.stage)) ?? {};
  const endpoint = process.env.AWS_ENDPOINT_URL ?? '';
  const apiUrl = await watch.part('the API answers', () => apiUrlOf(endpoint, HttpApiId));
  await watch.part('the API is healthy', () =>
    expectHealth({ lambdaUrl: endpoint, stage: chain.stage, apiUrl }),
  );
  const front = { listen: '127.0.0.1', siteOrigin: env.SITE_ORIGIN!, trustsProxy: false, edgeKey };
  const place = { bucket: SiteBucketName, folder: join(folder, 'site'), port: sitePort, apiUrl, front };
  const { server } = await watch.part('the site out of its bucket', () => serveFromBucket(place));
  const jestEnv = await testEnvironment({ chain, apiUrl, siteUrl: env.SITE_ORIGIN!, payeeUrl });
  const tallies: Tally[] = [];
  const suite = (project: string) =>
    watch.part(project, async () => {
      tallies.push(await runJest({ project, patterns, env: jestEnv, signal }));
    });
  try {
    await suite('journeys');
    await suite('browser');
    await watch.part('an update: new index, new route, changed function', async () => {
      changedCopy(join(folder, 'next'));
      await serverless(['deploy', '--stage', chain.stage], { cwd: join(folder, 'next'), env, signal });
    });
    if (patterns.length === 0) await suite('deployed');
    return tallies;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
