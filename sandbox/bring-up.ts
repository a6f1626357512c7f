import { mineAhead } from './chain/mine-ahead.ts';
import {
  addressesOf,
  type Chain,
  endpointsOf,
  type Ground,
  startChain,
  startDynamodb,
  startQueue,
  walletLogin,
} from './engines.ts';
import { functionsEnvironment, writeEndpoints } from './environment.ts';
import { hostOf } from './front.ts';
import { guardsVariables } from './guard/guarded.ts';
import { keyed } from './guard/keys.ts';
import { eachAnswers, untilHealthy } from './health.ts';
import type { Health, PartName, SandboxOptions, Urls } from './options.ts';
import { functionsHost, invokeFunction } from './parts/functions.ts';
import { type RunningSite, startSite } from './parts/site.ts';
import { here } from './ports.ts';
import { joinChain } from './real-chain.ts';

export type Up = {
  urls: Urls;
  env: Record<string, string>;
  health: Health;
  chain?: Chain;
  site?: RunningSite;
};

/** Starts the parts side by side, as far as they do not wait for each other; resolves when all serve. */
export async function bringUp(ground: Ground, options: SandboxOptions, parts: PartName[]): Promise<Up> {
  const urls = urlsOf(ground);
  const has = (part: PartName) => parts.includes(part);
  const tables = has('dynamodb') ? startDynamodb(ground) : undefined;
  const queue = has('queue') ? startQueue(ground) : Promise.resolve('');
  const chain = has('chain') ? chainOf(ground, tables) : undefined;
  const env = queue.then((payoutQueueUrl) => environmentOf(ground, urls, payoutQueueUrl));
  const functions = has('functions')
    ? env.then((known) => startFunctions(ground, options, { ...known, PUPERO_LAMBDA_URL: urls.lambda }))
    : undefined;
  const site = has('site') ? serveSite(ground, urls) : undefined;
  try {
    await Promise.all([tables, env, chain, functions, site]);
  } catch (error) {
    site?.then(({ close }) => close()).catch(() => {});
    throw error;
  }
  writeEndpoints(ground.folder.file('endpoints.env'), { ...(await env), PUPERO_LAMBDA_URL: urls.lambda });
  const health: Health = has('functions') ? await healthOf(ground, urls) : { status: 'ok', waitsFor: [] };
  if (has('functions') && ground.network === 'regtest') await stockFaucet(ground, urls, await chain);
  return { urls, health, env: await env, chain: await chain, site: await site };
}

/** Whoever draws first shall find the faucet filled, also where no blocks are mined by themselves later. */
async function stockFaucet({ stage, say }: Ground, urls: Urls, chain: Chain | undefined): Promise<void> {
  if (!chain) return;
  const place = { lambdaUrl: urls.lambda, stage };
  const watch = () => invokeFunction(place, 'watchDeposits', {});
  await mineAhead({ watch, mine: (count) => chain.node.mine(chain.houseAddress, count), say });
}

const chainOf = (ground: Ground, tables: Promise<void> | undefined) =>
  ground.network === 'regtest' ? startChain(ground, tables) : joinChain(ground, tables);

function urlsOf({ ports, own, front, guards }: Ground): Urls {
  const { dynamodbUrl, queueUrl, nodeUrl, walletUrl } = addressesOf({ ports, own });
  return {
    api: `http://${hostOf(front.listen)}:${ports.api}`,
    site: front.siteOrigin,
    lambda: keyed(here(ports.lambda), guards.lambda.key),
    dynamodb: dynamodbUrl,
    queue: queueUrl,
    node: nodeUrl,
    wallet: walletUrl,
  };
}

function environmentOf(ground: Ground, urls: Urls, payoutQueueUrl: string): Record<string, string> {
  const { stage, network, secrets } = ground;
  const wallet = walletLogin(ground);
  const endpoints = endpointsOf(ground);
  const siteOrigin = urls.site;
  return functionsEnvironment({ stage, network, secrets, wallet, endpoints, payoutQueueUrl, siteOrigin });
}

async function startFunctions(ground: Ground, options: SandboxOptions, env: Record<string, string>) {
  const { ports, stage, folder, front, guards, mode, say, team } = ground;
  const hostEnv = {
    ...process.env,
    ...env,
    ...(mode === 'production' && { NODE_ENV: 'production', THROTTLE: 'on' }),
    ...options.functionsEnv,
    PUPERO_LISTEN: front.listen,
    PUPERO_API_PORT: String(ports.api),
    PUPERO_LAMBDA_PORT: String(ports.lambda),
    ...guardsVariables({ [ports.api]: guards.api, [ports.lambda]: guards.lambda }),
    PUPERO_SERVERLESS_PLUGIN: './sandbox/offline-queue/plugin.ts',
    PUPERO_SCHEDULES: 'false',
    PUPERO_SECRETS_PATH: '',
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
  };
  const logFile = folder.file('logs', 'functions.log');
  const url = `http://${hostOf(front.listen)}:${ports.api}`;
  await team.start(functionsHost({ url, stage, env: hostEnv, watch: mode === 'dev', logFile }));
  say(`functions  ${url}`);
}

async function serveSite(ground: Ground, urls: Urls): Promise<RunningSite> {
  const { ports, folder, guards, mode, secrets, team, say } = ground;
  const logFile = folder.file('logs', 'site.log');
  const front = { ...ground.front, edgeKey: secrets.EDGE_KEY, guard: guards.site };
  const site = await startSite({ port: ports.site, apiUrl: urls.api, mode, front, logFile, team });
  say(`site       ${urls.site}, ${site.how}`);
  return site;
}

async function healthOf(ground: Ground, urls: Urls): Promise<Health> {
  const health = await untilHealthy(ground, urls);
  // Whoever comes first shall not be the one to find that a function does not start.
  if (ground.mode === 'production') await eachAnswers(urls.api);
  return health;
}
