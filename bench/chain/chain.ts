import type { Sandbox } from '#sandbox/options.ts';
import { type HttpClient, httpClient } from '#sandbox/parts/api-client.ts';
import { aKey } from '../callers/caller.ts';
import { outsideAt, walletAt } from '../callers/outside.ts';
import type { Found, Part } from '../part.ts';
import { columns, table } from '../report/markdown.ts';
import { median, percentile } from '../report/numbers.ts';
import { type BenchRun, onSandboxWithPayee } from '../sandbox.ts';
import { newcomer } from '../site/pages.ts';
import { type Deposits, depositsASecond } from './deposits.ts';
import { payoutMs, payoutsASecond, transferMs } from './payouts.ts';

const ROUNDS = 15;
const AT_ONCE = 10;
const DEPOSIT_TRANSACTIONS = 20;
/** Number of block rewards that cover every payment without waiting for change. */
const BLOCKS_FOR_COINS = 60;
const AIM_MS = 500;
/** No throttling, because all accounts are registered from one address. */
const CROWD = { THROTTLE: 'off' };

type Timed = { ours: number[]; theirs: number[]; aSecond: number; deposits: Deposits };

/**
 * Measures withdrawals from request to broadcast, compared with the wallet's own transfer, and payouts and deposits per
 * second.
 */
export const chain: Part = (hands): Promise<Found> =>
  onSandboxWithPayee(
    ['dynamodb', 'queue', 'chain', 'functions'],
    hands,
    async (sandbox, payeeUrl) => {
      const timed = await timesOf(sandbox, payeeUrl, hands);
      const [ours, theirs] = [median(timed.ours), median(timed.theirs)];
      return {
        markdown: sectionOf(timed),
        plots: {},
        lines: columns([
          ['', 'ours', "wallet's own"],
          ['withdrawal to broadcast, ms, p50', Math.round(ours), Math.round(theirs)],
          ['payouts a second', timed.aSecond, 1000 / theirs],
          ['deposits found a second', timed.deposits.foundASecond, ''],
          ['deposits credited a second', timed.deposits.creditedASecond, ''],
          [
            `watcher's round, ms, ${timed.deposits.found} credited in the last 20 blocks`,
            Math.round(timed.deposits.idleMs.inItsWindow),
            '',
          ],
          ['the same, once they lie below', Math.round(timed.deposits.idleMs.below), ''],
        ]),
        expectations: {},
        complaints: [],
        figures: { payoutMs: ours, payoutRatio: ours / theirs },
      };
    },
    CROWD,
  );

async function timesOf(sandbox: Sandbox, payeeUrl: string, { say }: BenchRun): Promise<Timed> {
  const { MONERO_WALLET_RPC_USER: user = '', MONERO_WALLET_RPC_PASSWORD: password = '' } = sandbox.env;
  const house = walletAt(sandbox.urls.wallet, { user, password });
  const outside = outsideAt(payeeUrl);
  try {
    say(`mining ${BLOCKS_FOR_COINS} blocks, for coins to pay with`);
    await sandbox.mine(BLOCKS_FOR_COINS);
    await house.refresh();
    const person = await somebodyRich(sandbox.urls.api);
    const address = await outside.newAddress();
    const [ours, theirs]: number[][] = [[], []];
    for (let round = 1; round <= ROUNDS; round++) {
      say(`a withdrawal and a transfer, ${round} of ${ROUNDS}`);
      ours!.push(await payoutMs(person, address));
      theirs!.push(await transferMs(house, address));
    }
    await sandbox.mine(10);
    say(`${AT_ONCE} withdrawals at once`);
    // One withdrawal each of several members, because one member may have only a few queued.
    const others = await Promise.all(Array.from({ length: AT_ONCE }, () => somebodyRich(sandbox.urls.api)));
    const aSecond = await payoutsASecond(others, address);
    say('deposits');
    const deposits = await depositsASecond(sandbox, outside, DEPOSIT_TRANSACTIONS);
    return { ours: ours!, theirs: theirs!, aSecond, deposits };
  } finally {
    house.close();
    outside.close();
  }
}

async function somebodyRich(apiUrl: string): Promise<HttpClient> {
  const person = httpClient(apiUrl);
  await person.registerAccount(newcomer());
  await person.drawFaucet({ amountXmr: '10' }, aKey());
  return person;
}

function sectionOf({ ours, theirs, aSecond, deposits }: Timed): string {
  const row = (name: string, share: number) => {
    const [mine, its] = [percentile(ours, share), percentile(theirs, share)];
    return [name, Math.round(mine), Math.round(its), mine / its];
  };
  const { found, foundASecond, creditedASecond, idleMs } = deposits;
  return `From asking for a withdrawal over HTTP until the API says that it is broadcast, the wallet idle: request,
queue, second look at the node, signing, keeping, relaying. Beside it \`transfer\` of monero-wallet-rpc by the same
wallet, after the same refresh, taken in turns (${ours.length} each). Aim: p50 below ${AIM_MS} ms.

${table(['', 'withdrawal, ms', 'transfer, ms', 'ratio'], [row('p50', 0.5), row('p95', 0.95)])}

${table(
  ['a second', 'ours', 'ratio'],
  [
    [
      `payouts, ${AT_ONCE} asked for at once, against transfers one after the other`,
      aSecond,
      (aSecond * median(theirs)) / 1000,
    ],
    [
      `deposits found, ${found} in one block, against deposits credited ten blocks later`,
      foundASecond,
      foundASecond / creditedASecond,
    ],
  ],
)}

A round of the watcher without news, ${found} deposits credited in the last 20 blocks: ${Math.round(idleMs.inItsWindow)} ms; once
they lie below: ${Math.round(idleMs.below)} ms (medians).

The payer works one payment after the other (docs/adr/0012), so 1 is what the first ratio can be.`;
}
