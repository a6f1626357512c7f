import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TradeId } from '#core/ids.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { httpClient } from '#sandbox/parts/api-client.ts';
import { aKey } from '../callers/caller.ts';
import { type LoadedFunctions, loadFunctions } from '../callers/functions.ts';
import { type Person, someone, TERMS } from '../cost/people.ts';
import { type Bare, startBare } from './bare.ts';
import { load, type Summary, type Timed } from './load.ts';
import { recorded, repeatable } from './plan.ts';
import { type Circle, completeOne, type Pair, type Work } from './works.ts';

/**
 * Circles (a seller with buyers) with two clients each: one calls the functions in this process, the other one
 * calls `sls offline`.
 */
export type Targets = {
  inProcess: Circle[];
  offline: Circle[];
  /**
   * Makes a separate circle for the baseline server. Its requests are replayed without conditions, so its counters are
   * wrong afterwards.
   */
  newCircle: () => Promise<Circle>;
  bare: Bare;
  client: DynamoDBDocumentClient;
};
export type TargetName = 'bare' | 'inProcess' | 'offline';
export type Measured = { label: string; workers: number } & Record<TargetName, Summary>;

export async function openTargets(sandbox: Sandbox, count: number): Promise<Targets> {
  Object.assign(process.env, sandbox.env, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
  const functions = await loadFunctions();
  const { client } = (await import('#functions/composition.ts')) as { client: DynamoDBDocumentClient };
  const circles: { inProcess: Circle; offline: Circle }[] = [];
  // A round of one worker makes the most calls, and all of them use the first circle.
  for (let n = 0; n < count; n++)
    circles.push(await circleBy(functions, sandbox, n === 0 ? BUYERS_OF_FIRST : 1));
  return {
    newCircle: async () => (await circleBy(functions, sandbox, 1)).inProcess,
    inProcess: circles.map(({ inProcess }) => inProcess),
    offline: circles.map(({ offline }) => offline),
    bare: await startBare(),
    client,
  };
}

/** Buyers of the first circle. Together they may have more open trades than a round has calls. */
const BUYERS_OF_FIRST = 4;

async function circleBy(functions: LoadedFunctions, { urls }: Sandbox, buyerCount: number) {
  const newcomer = async () => {
    const person = someone(functions, urls.site);
    await person.api.registerAccount({ username: person.username, password: person.password });
    return person;
  };
  const seller = await newcomer();
  await seller.api.drawFaucet({ amountXmr: '10' }, aKey());
  const { id: offerId } = await seller.api.createOffer({ ...TERMS, minFiat: '0.10' });
  const buyers: Person[] = [];
  for (let n = 0; n < buyerCount; n++) buyers.push(await newcomer());
  const { depositAddress: buyerAddress = '' } = await buyers[0]!.api.getWallet();
  const { username: login, password } = seller;
  const known = { offerId, buyerAddress, sellerLogin: { login, password } };
  const overHttp = ({ api }: Person) => {
    const caller = httpClient(urls.api);
    Object.assign(caller.keys, { accessToken: api.keys.accessToken });
    return caller;
  };
  for (const { api: buyer } of buyers) await completeOne({ ...known, seller: seller.api, buyer });
  return {
    inProcess: { seller: seller.api, buyers: buyers.map(({ api }) => api), ...known },
    offline: { seller: overHttp(seller), buyers: buyers.map(overHttp), ...known },
  };
}

/** The seller and the buyer of call `n`. The buyers take turns. */
const pairFor = ({ buyers, ...circle }: Circle, n: number): Pair => ({
  ...circle,
  buyer: buyers[n % buyers.length]!,
});

/**
 * Records the database requests of an operation and the size of its response, and sends them to the baseline server.
 */
export async function teach(
  { bare, client, newCircle }: Targets,
  { label, prepare, call, leavesOpen }: Work,
): Promise<void> {
  const pair = pairFor(await newCircle(), 0);
  const tradeId = await prepare?.(pair);
  let answer: unknown;
  const groups = await recorded(client, async () => {
    answer = await call(pair, tradeId as never);
  });
  if (leavesOpen) await pair.buyer.cancelTrade({ tradeId: leavesOpen(tradeId!, answer) });
  const body = JSON.stringify(answer ?? {});
  await bare.learn({ label, groups: groups.map((group) => group.map(repeatable)), body });
}

/** Runs one round of an operation at one target. */
export function round(
  targets: Targets,
  name: TargetName,
  work: Work,
  workers: number,
  each: number,
): Promise<Timed> {
  const { inProcess, offline, bare } = targets;
  if (name === 'bare') {
    const url = `${bare.url}/${encodeURIComponent(work.label)}`;
    return load(
      workers,
      each,
      async () => {},
      () => askBare(url),
    );
  }
  const circles = name === 'inProcess' ? inProcess : offline;
  type Prepared = { n: number; tradeId: TradeId };
  const { prepare, call, leavesOpen } = work;
  return load(
    workers,
    each,
    async (worker, n) => ({ n, tradeId: await prepare?.(pairFor(inProcess[worker]!, n)) }),
    (worker, { n, tradeId }: Prepared) => call(pairFor(circles[worker]!, n), tradeId),
    async (worker, { n, tradeId }: Prepared, answer) => {
      if (!leavesOpen) return;
      await pairFor(inProcess[worker]!, n).buyer.cancelTrade({ tradeId: leavesOpen(tradeId, answer) });
    },
  );
}

async function askBare(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: '{}' });
  const text = await response.text();
  if (!response.ok) throw new Error(`the bare server answered ${response.status} ${text.slice(0, 200)}`);
  JSON.parse(text);
}
