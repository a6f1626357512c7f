import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient } from '#contract/client.ts';
import { withKnownAnswers } from '#contract/known-answers.ts';
import type { Hint } from '#core/live/kinds.ts';
import { aKey } from '../callers/caller.ts';
import type { Found, Part } from '../part.ts';
import { figure, table } from '../report/markdown.ts';
import { percentile } from '../report/numbers.ts';
import { onSandbox } from '../sandbox.ts';

const DRAWS = 60;
/** Fewer, because each waits for the next look. */
const POLLED_DRAWS = 15;
/** Interval of the wallet page without a WebSocket. */
const POLL_MS = 5_000;

/** Milliseconds until a page could begin to read again: from the start of the request, and from its answer. */
type Times = { fromRequest: number[]; fromAnswer: number[] };

/**
 * Times from a change of the wallet (a draw of play money) to the hint of it, and to the look of a page that polls. The
 * WebSocket is opened at the emulated gateway itself.
 */
export const live: Part = (run): Promise<Found> =>
  onSandbox(['dynamodb', 'queue', 'chain', 'functions'], run, async ({ urls, env, invoke }) => {
    const client = await signedUp(urls.api);
    await invoke('watchDeposits');
    const draw = () => client.drawFaucet({ amountXmr: '0.001' }, aKey());
    await draw();
    run.say(`${DRAWS} hints`);
    const byHint = await hintTimes(client, draw, env.LIVE_CONNECTIONS_URL!);
    run.say(`${POLLED_DRAWS} changes by polling every ${POLL_MS / 1000} s`);
    const byPolling = await pollTimes(client, draw);
    const rows = [rowOf('hint', byHint), rowOf(`polling every ${POLL_MS / 1000} s`, byPolling)];
    const head = ['', 'p50 from request, ms', 'p95', 'p50 from answer, ms', 'p95'];
    return {
      markdown: `From a change to the moment at which a page knows of it, on one machine. Only the ratio of the two rows
says something about a deploy.

${table(head, rows)}`,
      plots: {},
      lines: rows
        .map(([name, ...ms]) => `${name}: ${ms.map((one) => figure(Number(one))).join(' / ')} ms`)
        .join('\n'),
      expectations: {},
      complaints: [],
      figures: { 'hint p95 ms': percentile(byHint.fromAnswer, 0.95) },
    };
  });

const rowOf = (name: string, { fromRequest, fromAnswer }: Times) => [
  name,
  ...[fromRequest, fromAnswer].flatMap((ms) => [
    Math.round(percentile(ms, 0.5)),
    Math.round(percentile(ms, 0.95)),
  ]),
];

type Client = ReturnType<typeof apiClient>;

async function signedUp(api: string): Promise<Client> {
  let token: string | undefined;
  const client = apiClient(
    withKnownAnswers(async ({ method, path, headers, body }) => {
      const authorization: Record<string, string> =
        token === undefined ? {} : { authorization: `Bearer ${token}` };
      const answer = await fetch(`${api}${path}`, {
        method,
        headers: { ...headers, ...authorization },
        body,
      });
      const text = await answer.text();
      const parsed = text === '' ? undefined : JSON.parse(text);
      if (typeof parsed?.accessToken === 'string') token = parsed.accessToken;
      const etag = answer.headers.get('etag');
      return { status: answer.status, body: parsed, ...(etag !== null && { etag }) };
    }),
  );
  await client.registerAccount({ username: `bench-${Date.now()}`, password: 'a few words in a row' });
  return client;
}

async function hintTimes(client: Client, draw: () => Promise<unknown>, liveUrl: string): Promise<Times> {
  const { search } = new URL((await client.openLive()).url);
  const socket = new WebSocket(`${liveUrl.replace(/^http/, 'ws')}/${search}`);
  let onWallet = (_at: number) => {};
  socket.onmessage = ({ data }) => {
    const { type }: Hint = JSON.parse(String(data));
    if (type === 'wallet') onWallet(performance.now());
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('The WebSocket was refused.'));
  });
  const times = await timesOf(DRAWS, draw, () => new Promise<number>((resolve) => (onWallet = resolve)));
  socket.close();
  return times;
}

async function pollTimes(client: Client, draw: () => Promise<unknown>): Promise<Times> {
  let before = (await client.getWallet()).availableXmr;
  return timesOf(POLLED_DRAWS, draw, async () => {
    // The change comes at any moment of the interval.
    await sleep(Math.random() * POLL_MS);
    for (;;) {
      const { availableXmr } = await client.getWallet();
      if (availableXmr !== before) {
        before = availableXmr;
        return performance.now();
      }
      await sleep(POLL_MS);
    }
  });
}

/** @param know begins to wait for the change, and resolves with the time at which it is known */
async function timesOf(
  count: number,
  draw: () => Promise<unknown>,
  know: () => Promise<number>,
): Promise<Times> {
  const times: Times = { fromRequest: [], fromAnswer: [] };
  for (let done = 0; done < count; done += 1) {
    const known = know();
    const startedAt = performance.now();
    await draw();
    const answeredAt = performance.now();
    const knownAt = await known;
    times.fromRequest.push(knownAt - startedAt);
    // A hint may come before the answer.
    times.fromAnswer.push(Math.max(0, knownAt - answeredAt));
  }
  return times;
}
