import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '#contract/index.ts';
import { methodAndPath } from '#contract/operation.ts';
import type { Ground } from './engines.ts';
import type { Health, Urls } from './options.ts';
import { invokeFunction } from './parts/functions.ts';

type Report = { status?: string; checks?: Record<string, { status: string }> };

/**
 * Waits until /healthz says ok; off regtest `degraded` will do, since a node may take days to catch up.
 * The functions that cannot ask the wallet know it from the watcher's heartbeat, so the watcher runs first.
 */
export async function untilHealthy(ground: Ground, urls: Urls): Promise<Health> {
  const { stage, team, network } = ground;
  const deadline = Date.now() + 45_000;
  let answer = 'nothing';
  while (Date.now() < deadline && !team.closing) {
    const place = { lambdaUrl: urls.lambda, stage };
    const watched = await invokeFunction(place, 'watchDeposits', {}).then(
      () => '',
      (error: Error) => `\nwatchDeposits said: ${error.message}`,
    );
    const text = (await ask(`${urls.api}/healthz`))?.text ?? 'nothing';
    const { status, checks = {} } = reportIn(text);
    const isEnough = status === 'ok' || (status === 'degraded' && network !== 'regtest' && !watched);
    if (isEnough) return { status, waitsFor: notOk(checks) };
    answer = `${text}${watched}`;
    await sleep(300);
  }
  throw new Error(`/healthz is not ok. It said: ${answer.slice(0, 1500)}`);
}

/** Each HTTP function starts and answers. Throws one error that names every one that does not. */
export async function eachAnswers(apiUrl: string): Promise<void> {
  const paths = operations
    .map(methodAndPath)
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/healthz/'))
    .map(({ path }) => path);
  const wrong: string[] = [];
  for (const path of paths) {
    const answer = await ask(`${apiUrl}${path}`);
    if (answer?.status !== 200) wrong.push(`${path} said: ${answer?.text ?? 'nothing'}`);
  }
  if (wrong.length > 0)
    throw new Error(`Not every function starts; logs/functions.log says why.\n${wrong.join('\n')}`);
}

async function ask(url: string): Promise<{ status: number; text: string } | undefined> {
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

function notOk(checks: NonNullable<Report['checks']>): string[] {
  return Object.entries(checks).flatMap(([part, { status }]) => (status === 'ok' ? [] : [part]));
}
