import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Chain,
  endpointsOf,
  type Ground,
  startChain,
  startDynamodb,
  startQueue,
  walletLogin,
} from './engines.ts';
import { functionsEnvironment } from './environment.ts';
import type { PartName, SandboxOptions, Urls } from './options.ts';
import { functionsHost, invokeFunction } from './parts/functions.ts';
import { type RunningSite, startSite } from './parts/site.ts';
import { here } from './ports.ts';

export type Up = { urls: Urls; env: Record<string, string>; chain?: Chain; site?: RunningSite };

/** Starts the parts side by side, as far as they do not wait for each other; resolves when all serve. */
export async function bringUp(ground: Ground, options: SandboxOptions, parts: PartName[]): Promise<Up> {
  const urls = urlsOf(ground);
  const has = (part: PartName) => parts.includes(part);
  const tables = has('dynamodb') ? startDynamodb(ground) : undefined;
  const queue = has('queue') ? startQueue(ground) : Promise.resolve('');
  const chain = has('chain') ? startChain(ground) : undefined;
  const env = queue.then((payoutQueueUrl) => environmentOf(ground, urls, payoutQueueUrl));
  const functions = has('functions')
    ? env.then((known) => startFunctions(ground, options, known))
    : undefined;
  const site = has('site') ? serveSite(ground, options, urls) : undefined;
  try {
    await Promise.all([tables, env, chain, functions, site]);
  } catch (error) {
    site?.then(({ close }) => close()).catch(() => {});
    throw error;
  }
  if (has('functions')) await untilHealthy(ground, urls.api);
  return { urls, env: await env, chain: await chain, site: await site };
}

function urlsOf({ ports, own }: Ground): Urls {
  const { dynamodbUrl, queueUrl, nodeUrl, walletUrl } = endpointsOf({ ports, own });
  return {
    api: here(ports.api),
    // The browser keeps __Host- cookies on http for localhost alone.
    site: `http://localhost:${ports.site}`,
    dynamodb: dynamodbUrl,
    queue: queueUrl,
    node: nodeUrl,
    wallet: walletUrl,
  };
}

function environmentOf(ground: Ground, urls: Urls, payoutQueueUrl: string): Record<string, string> {
  const { stage, secrets } = ground;
  const wallet = walletLogin(ground);
  const endpoints = endpointsOf(ground);
  return functionsEnvironment({ stage, secrets, wallet, endpoints, payoutQueueUrl, siteOrigin: urls.site });
}

async function startFunctions(ground: Ground, options: SandboxOptions, env: Record<string, string>) {
  const { ports, stage, folder, say, team } = ground;
  const hostEnv = {
    ...process.env,
    ...env,
    ...options.functionsEnv,
    PUPERO_API_PORT: String(ports.api),
    PUPERO_LAMBDA_PORT: String(ports.lambda),
    PUPERO_SERVERLESS_PLUGIN: './sandbox/offline-queue/plugin.ts',
    PUPERO_SCHEDULES: 'false',
    PUPERO_SECRETS_PATH: '',
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
  };
  const logFile = folder.file('logs', 'functions.log');
  await team.start(
    functionsHost({ port: ports.api, stage, env: hostEnv, watch: options.mode === 'dev', logFile }),
  );
  say(`functions  http://127.0.0.1:${ports.api}`);
}

async function serveSite(ground: Ground, options: SandboxOptions, urls: Urls): Promise<RunningSite> {
  const { ports, folder, team, say } = ground;
  const logFile = folder.file('logs', 'site.log');
  const site = await startSite({
    port: ports.site,
    apiUrl: urls.api,
    mode: options.mode ?? 'built',
    logFile,
    team,
  });
  say(`site       ${urls.site}, ${site.how}`);
  return site;
}

/** The functions that cannot ask the wallet know it from the watcher's heartbeat, so the watcher runs first. */
async function untilHealthy({ ports, stage, team }: Ground, apiUrl: string): Promise<void> {
  const deadline = Date.now() + 45_000;
  let answer = 'nothing';
  while (Date.now() < deadline && !team.closing) {
    const place = { lambdaUrl: here(ports.lambda), stage };
    const watched = await invokeFunction(place, 'watchDeposits', {}).then(
      () => '',
      (error: Error) => `\nwatchDeposits said: ${error.message}`,
    );
    const response = await fetch(`${apiUrl}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch(
      () => undefined,
    );
    answer = `${(await response?.text()) ?? 'nothing'}${watched}`;
    if (healthIn(answer) === 'ok') return;
    await sleep(300);
  }
  throw new Error(`/healthz is not ok. It said: ${answer.slice(0, 1500)}`);
}

function healthIn(body: string): unknown {
  try {
    return JSON.parse(body).status;
  } catch {
    return undefined;
  }
}
