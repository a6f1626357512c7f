import { setTimeout as sleep } from 'node:timers/promises';
import { operationsOn } from '#contract/index.ts';
import { methodAndPath } from '#contract/operation.ts';
import type { Network } from '#core/chain/networks.ts';
import { type SandboxContext, urlsOf } from '../context.ts';
import type { Health } from '../options.ts';
import { invokeFunction } from './invoke.ts';

const HEALTHY_WITHIN_MS = 45_000;

type Report = { status?: string; checks?: Record<string, { status: string }> };

/**
 * Waits until /healthz says `ok`. Off regtest `degraded` is enough, because a node may take days to synchronize. In
 * production mode each HTTP function is called as well, so that no user finds one that cannot start.
 *
 * @throws an Error with the last answer after 45 s, or with the functions that do not answer
 */
export async function untilHealthy(context: SandboxContext): Promise<Health> {
  const { stage, team, network, mode } = context;
  const { lambda: lambdaUrl, api } = urlsOf(context);
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  let lastAnswer = 'nothing';
  while (Date.now() < deadline && !team.closing) {
    // The watcher runs first, because some functions know the wallet only from its heartbeat.
    const watcherError = await invokeFunction({ lambdaUrl, stage }, 'watchDeposits', {}).then(
      () => '',
      (error: Error) => `\nwatchDeposits said: ${error.message}`,
    );
    const text = (await get(`${api}/healthz`))?.text ?? 'nothing';
    const { status, checks = {} } = reportIn(text);
    const isEnough = status === 'ok' || (status === 'degraded' && network !== 'regtest' && !watcherError);
    if (isEnough) {
      if (mode === 'production') await eachFunctionAnswers(api, network);
      return { status, waitsFor: failingParts(checks) };
    }
    lastAnswer = `${text}${watcherError}`;
    await sleep(300);
  }
  throw new Error(`/healthz is not ok. It said: ${lastAnswer.slice(0, 1500)}`);
}

/** @throws an Error that names every HTTP function that does not answer */
async function eachFunctionAnswers(apiUrl: string, network: Network): Promise<void> {
  const paths = operationsOn(network)
    .map(methodAndPath)
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/healthz/'))
    .map(({ path }) => path);
  const wrong: string[] = [];
  for (const path of paths) {
    const answer = await get(`${apiUrl}${path}`);
    if (answer?.status !== 200) wrong.push(`${path} said: ${answer?.text ?? 'nothing'}`);
  }
  if (wrong.length > 0)
    throw new Error(`Not every function starts; logs/functions.log says why.\n${wrong.join('\n')}`);
}

async function get(url: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

function reportIn(text: string): Report {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function failingParts(checks: NonNullable<Report['checks']>): string[] {
  return Object.entries(checks).flatMap(([part, { status }]) => (status === 'ok' ? [] : [part]));
}
