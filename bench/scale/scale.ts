import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import type { AccountId } from '#core/ids.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { aKey, type Caller } from '../callers/caller.ts';
import { type LoadedFunctions, loadFunctions } from '../callers/functions.ts';
import { someone } from '../cost/people.ts';
import { meterOn } from '../meter/meter.ts';
import type { Found, Part } from '../part.ts';
import { type BenchRun, onSandbox, roomForMuch } from '../sandbox.ts';
import { pageOverHttp } from './page.ts';
import { type AtSize, probe } from './probe.ts';
import { complaintsOf, plotsOf, sectionOf, terminalOf } from './report.ts';
import { seed, type Tables } from './seed.ts';

const SIZES = [100, 1_000, 10_000, 100_000];

/** Measures the same operations with growing numbers of offers, trades, statement lines and users in the tables. */
export const scale: Part = (hands): Promise<Found> =>
  onSandbox(
    ['dynamodb', 'queue', 'chain', 'functions'],
    hands,
    async (sandbox) => foundIn(await measured(sandbox, hands)),
    { base: roomForMuch() },
  );

const foundIn = (sizes: AtSize[]): Found => ({
  markdown: sectionOf(sizes),
  plots: plotsOf(sizes),
  lines: terminalOf(sizes),
  expectations: {},
  complaints: complaintsOf(sizes),
  figures: Object.assign({}, ...sizes.map(({ page }) => page)),
});

async function measured(sandbox: Sandbox, { say, signal }: BenchRun): Promise<AtSize[]> {
  Object.assign(process.env, sandbox.env, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
  const functions = await loadFunctions();
  const { client } = (await import('#functions/composition.ts')) as { client: DynamoDBDocumentClient };
  const [busy, other] = [await registered(functions, sandbox), await registered(functions, sandbox)];
  await busy.drawFaucet({ amountXmr: '10' }, aKey());
  const { id } = await busy.getMe();
  const crowd = { ids: ulids(systemClock), now: systemClock.now(), busy: id as AccountId };
  const sizes: AtSize[] = [];
  let from = 0;
  for (const size of SIZES) {
    say(`${size.toLocaleString('en')} offers, trades, statement lines and users`);
    await seed(client, tablesOf(sandbox), crowd, { from, to: size, signal });
    from = size;
    const probed = await probe(busy, other, () => meterOn(client, sandbox.stage));
    sizes.push({ size, probed, page: await pageOverHttp(sandbox.urls.api, size) });
  }
  return sizes;
}

async function registered(functions: LoadedFunctions, { urls }: Sandbox): Promise<Caller> {
  const { api, username, password } = someone(functions, urls.site);
  await api.registerAccount({ username, password });
  return api;
}

const tablesOf = ({ env }: Sandbox): Tables => ({
  offers: env.OFFERS_TABLE!,
  trades: env.TRADES_TABLE!,
  ledger: env.LEDGER_TABLE!,
  accounts: env.ACCOUNTS_TABLE!,
  people: env.PEOPLE_TABLE!,
});
