import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Sandbox } from '#sandbox/options.ts';
import { type Person, someone, TERMS } from '../cost/people.ts';
import { aKey } from '../doors/caller.ts';
import { type Doors, openDoors } from '../doors/doors.ts';
import { httpCaller } from '../doors/http-caller.ts';
import { type Bare, startBare } from './bare.ts';
import { load, type Summary, type Timed } from './load.ts';
import { recorded, repeatable } from './plan.ts';
import type { Pair, Work } from './works.ts';

/** Pairs of people, each by two ways: the functions called in this process, and over `sls offline`. */
export type Targets = {
  inProcess: Pair[];
  offline: Pair[];
  bare: Bare;
  client: DynamoDBDocumentClient;
};
export type TargetName = 'bare' | 'inProcess' | 'offline';
export type Measured = { label: string; workers: number } & Record<TargetName, Summary>;

export async function openTargets(sandbox: Sandbox, count: number): Promise<Targets> {
  Object.assign(process.env, sandbox.env, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
  const doors = await openDoors();
  const { client } = (await import('#functions/composition.ts')) as { client: DynamoDBDocumentClient };
  const pairs: { inProcess: Pair; offline: Pair }[] = [];
  for (let n = 0; n < count; n++) pairs.push(await pairBy(doors, sandbox));
  return {
    inProcess: pairs.map(({ inProcess }) => inProcess),
    offline: pairs.map(({ offline }) => offline),
    bare: await startBare(),
    client,
  };
}

async function pairBy(doors: Doors, { urls }: Sandbox) {
  const [seller, buyer] = [someone(doors, urls.site), someone(doors, urls.site)];
  for (const { api, username, password } of [seller, buyer])
    await api.registerAccount({ username, password });
  await seller.api.drawFaucet({ amountXmr: '10' }, aKey());
  const { id: offerId } = await seller.api.createOffer({ ...TERMS, minFiat: '0.10' });
  const { depositAddress: buyerAddress = '' } = await buyer.api.getWallet();
  const { username: login, password } = seller;
  const known = { offerId, buyerAddress, sellerLogin: { login, password } };
  const overHttp = ({ api }: Person) => {
    const caller = httpCaller(urls.api);
    Object.assign(caller.keys, { accessToken: api.keys.accessToken });
    return caller;
  };
  return {
    inProcess: { seller: seller.api, buyer: buyer.api, ...known },
    offline: { seller: overHttp(seller), buyer: overHttp(buyer), ...known },
  };
}

/** Shows the bare server what a piece of work asks of the engine, and how large its answer is. */
export async function teach(
  { bare, client, inProcess }: Targets,
  { label, prepare, call }: Work,
): Promise<void> {
  const pair = inProcess[0]!;
  const tradeId = await prepare?.(pair);
  let answer: unknown;
  const groups = await recorded(client, async () => {
    answer = await call(pair, tradeId as never);
  });
  const body = JSON.stringify(answer ?? {});
  await bare.learn({ label, groups: groups.map((group) => group.map(repeatable)), body });
}

/** One round of a piece of work at one of the targets. */
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
  const pairs = name === 'inProcess' ? inProcess : offline;
  const prepare = async (worker: number) => work.prepare?.(inProcess[worker]!);
  return load(workers, each, prepare, (worker, tradeId) => work.call(pairs[worker]!, tradeId));
}

async function askBare(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: '{}' });
  const text = await response.text();
  if (!response.ok) throw new Error(`the bare server answered ${response.status} ${text.slice(0, 200)}`);
  JSON.parse(text);
}
