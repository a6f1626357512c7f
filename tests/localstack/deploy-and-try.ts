import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { awsClient } from '#adapters/aws/client.ts';
import { storedSecrets } from '#adapters/secrets/parameter-store.ts';
import { run } from '#deploy/program.ts';
import { serverless, templateIn } from '#deploy/serverless.ts';
import { outputsOf } from '#deploy/stack.ts';
import { guardOfPages } from '#sandbox/guard/guards.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { invokeFunction } from '#sandbox/parts/invoke.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { LIVE_PATH } from '#sandbox/site/web-sockets.ts';
import { runJest } from '#tests/run/jest.ts';
import { startPayee } from '#tests/run/payee.ts';
import type { Tally } from '#tests/run/tally.ts';
import { apiUrlOf, liveUrlOf } from './api-url.ts';
import { changedCopy } from './changed-copy.ts';
import { serveFromBucket } from './site.ts';
import type { StopWatch } from './stop-watch.ts';
import { testEnvironment } from './test-environment.ts';

const root = join(import.meta.dirname, '..', '..');
/** Ignored findings: serverless repeats dependencies, and the certificate is empty only where it is unused. */
const LINT_LEAVES = 'W3005,W1030';

export type DeployedRun = {
  folder: string;
  cfnLint: string;
  patterns: string[];
  watch: StopWatch;
  signal: AbortSignal;
  onLost: (error: Error) => void;
};

/** Deploys, runs the stories there, updates the running stack, and always removes it. */
export async function deployAndTry(testRun: DeployedRun): Promise<{ stage: string; tallies: Tally[] }> {
  const { folder, watch, signal, onLost } = testRun;
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const options = { stage, dataDir: join(folder, 'chain'), parts: ['chain' as const], signal, onLost };
  const chain = await watch.part('a private chain, wallet-rpc', () =>
    startSandbox({ ...options, say: watch.say }),
  );
  try {
    return { stage, tallies: await onChain(chain, testRun) };
  } finally {
    await chain.stop();
  }
}

async function onChain(chain: Sandbox, testRun: DeployedRun): Promise<Tally[]> {
  const { watch, onLost } = testRun;
  const payeePort = await freeTcpPort();
  const payee = await watch.part('a payee', () =>
    startPayee(chain, { tcpPort: payeePort, say: watch.say, onLost }),
  );
  const sitePort = await freeTcpPort();
  const siteOrigin = `http://localhost:${sitePort}`;
  const env = deployEnvironment(chain, siteOrigin);
  const { stage } = chain;
  const typed = (...words: string[]) =>
    watch.part(`npm run ${words[0]}`, () => npm([...words, '--stage', stage], env, testRun));
  try {
    await typed('secrets');
    await typed('deploy');
    // Amazon SES sends for verified identities only.
    await awsClient(SESv2Client, {}).send(new CreateEmailIdentityCommand({ EmailIdentity: 'pupero.test' }));
    await watch.part('cfn-lint over the deployed template', () => lint(testRun));
    return await onStack({ chain, env, sitePort, payeeUrl: payee.url }, testRun);
  } finally {
    await typed('undeploy', '--yes')
      .finally(() => typed('secrets', '--delete', '--yes'))
      .finally(payee.stop);
  }
}

/** The environment of the commands. Schedules stay off, as in every test, so that nothing happens by itself. */
function deployEnvironment({ urls, env, secrets }: Sandbox, siteOrigin: string) {
  return {
    MONERO_WALLET_RPC_USER: secrets.MONERO_WALLET_RPC_USER,
    MONERO_WALLET_RPC_PASSWORD: secrets.MONERO_WALLET_RPC_PASSWORD,
    MONERO_NETWORK: 'regtest',
    PUPERO_MAIL_FROM: 'no-reply@pupero.test',
    MONERO_NODE_URL: env.MONERO_NODE_URL ?? '',
    MONERO_WALLET_RPC_URL: urls.wallet,
    SITE_ORIGIN: siteOrigin,
    // The site's server passes WebSockets on, as on one machine.
    LIVE_URL: `${siteOrigin.replace(/^http/, 'ws')}${LIVE_PATH}`,
    PUPERO_SCHEDULES: 'false',
  };
}

/** /healthz reports every part as up after the watcher has run once. */
async function expectHealth({ apiUrl, ...lambda }: { lambdaUrl: string; stage: string; apiUrl: string }) {
  await invokeFunction(lambda, 'watchDeposits', {});
  const answer = await (await fetch(`${apiUrl}/healthz`)).text();
  if (JSON.parse(answer).status !== 'ok') throw new Error(`/healthz is not ok. It said: ${answer}`);
}

/** Runs an npm command as people type it. Clean-up commands (with --yes) continue when the run is stopped. */
async function npm([script = '', ...args]: string[], env: Record<string, string>, { signal }: DeployedRun) {
  const how = { cwd: root, env: { ...process.env, ...env } };
  const stops = args.includes('--yes') ? { untilDone: true } : { signal };
  await run('npm', ['run', '--silent', script, '--', ...args], { ...how, ...stops });
}

async function lint({ cfnLint, signal }: DeployedRun): Promise<void> {
  const template = templateIn(join(root, '.serverless'));
  await run(cfnLint, ['--ignore-checks', LINT_LEAVES, '--template', template], { signal });
}

/** Whether no pattern is given, or one matches a file of the suite. */
function hasTestsFor(project: string, patterns: string[]): boolean {
  const files = globSync(`tests/${project}/**/*.test.ts`, { cwd: root });
  return patterns.length === 0 || files.some((file) => patterns.some((pattern) => file.includes(pattern)));
}

type Stack = {
  chain: Sandbox;
  env: Record<string, string>;
  sitePort: number;
  payeeUrl: string;
};

async function onStack({ chain, env, sitePort, payeeUrl }: Stack, testRun: DeployedRun): Promise<Tally[]> {
  const { folder, patterns, watch, signal } = testRun;
  const outputs = (await outputsOf(chain.stage)) ?? {};
  const {
    HttpApiId = '',
    ServiceEndpointWebsocket = '',
    SiteBucketName = '',
    PicturesBucketName = '',
  } = outputs;
  const endpoint = process.env.AWS_ENDPOINT_URL ?? '';
  const apiUrl = await watch.part('the API answers', () => apiUrlOf(endpoint, HttpApiId));
  await watch.part('the API is healthy', () =>
    expectHealth({ lambdaUrl: endpoint, stage: chain.stage, apiUrl }),
  );
  const { EDGE_KEY: edgeKey } = await storedSecrets(`/pupero/${chain.stage}`, ['EDGE_KEY']);
  const siteOrigin = env.SITE_ORIGIN!;
  const guard = guardOfPages({ siteOrigin, allowedHosts: [], edgeKey });
  const front = { listen: '127.0.0.1', siteOrigin, trustsProxy: false, edgeKey, guard };
  const served = {
    bucket: SiteBucketName,
    picturesBucket: PicturesBucketName,
    folder: join(folder, 'site'),
    tcpPort: sitePort,
    apiUrl,
    liveUrl: liveUrlOf(endpoint, ServiceEndpointWebsocket),
    front,
  };
  const { server } = await watch.part('the site out of its bucket', () => serveFromBucket(served));
  const jestEnv = await testEnvironment({ chain, apiUrl, siteUrl: env.SITE_ORIGIN!, payeeUrl });
  const tallies: Tally[] = [];
  const suite = async (project: string) => {
    signal.throwIfAborted();
    if (!hasTestsFor(project, patterns)) return;
    await watch.part(project, async () => {
      // Only the stories, because the weight of a page does not depend on its host.
      const files = patterns.length > 0 ? patterns : [`tests/${project}/`];
      tallies.push(await runJest({ project, patterns: files, env: jestEnv, signal }));
    });
  };
  try {
    await suite('journeys');
    await suite('browser');
    await watch.part('an update: new index, new route, changed function', async () => {
      changedCopy(join(folder, 'next'));
      await serverless(['deploy', '--stage', chain.stage], { cwd: join(folder, 'next'), env, signal });
    });
    await suite('deployed');
    return tallies;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
