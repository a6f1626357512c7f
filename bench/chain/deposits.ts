import type { Sandbox } from '#sandbox/options.ts';
import { httpClient } from '#sandbox/parts/api-client.ts';
import type { outsideAt } from '../callers/outside.ts';
import { median } from '../report/numbers.ts';
import { newcomer } from '../site/pages.ts';

/** Upper bound of outputs that wallet-rpc accepts in one transaction. */
const A_TRANSACTION = 15;
const AMOUNT_EACH_XMR = '0.01';

export type Deposits = {
  found: number;
  foundASecond: number;
  creditedASecond: number;
  /** Duration in ms of a watcher round that changes nothing, with the credited deposits inside or below its window. */
  idleMs: { inItsWindow: number; below: number };
};

/** The watcher reads deposits of this many newest blocks again in each round. */
const WINDOW_BLOCKS = 20;
const IDLE_ROUNDS = 5;

/**
 * Pays each address once from outside. Times the watcher round that finds the deposits, and the one that credits them.
 */
export async function depositsASecond(
  { urls, mine, invoke }: Sandbox,
  outside: ReturnType<typeof outsideAt>,
  transactions: number,
): Promise<Deposits> {
  const count = transactions * A_TRANSACTION;
  const addresses: string[] = [];
  for (let n = 0; n < count; n++) {
    const person = httpClient(urls.api);
    await person.registerAccount(newcomer());
    addresses.push((await person.newDepositAddress()).depositAddress);
    if (n % A_TRANSACTION === 0) await invoke('watchDeposits');
  }
  await split(outside, mine);
  for (let from = 0; from < count; from += A_TRANSACTION) {
    const some = addresses.slice(from, from + A_TRANSACTION);
    await outside.transfer(some.map((address) => ({ address, amountXmr: AMOUNT_EACH_XMR })));
  }
  await mine(1);
  const foundASecond = count / (await secondsOf(() => invoke('watchDeposits')));
  await mine(10);
  const creditedASecond = count / (await secondsOf(() => invoke('watchDeposits')));
  const inItsWindow = await idleRoundMs(invoke);
  await mine(WINDOW_BLOCKS);
  await invoke('watchDeposits');
  return {
    found: count,
    foundASecond,
    creditedASecond,
    idleMs: { inItsWindow, below: await idleRoundMs(invoke) },
  };
}

/**
 * Splits the outside wallet's coins, so that it can send one transaction after the other without waiting for change.
 */
async function split(outside: ReturnType<typeof outsideAt>, mine: Sandbox['mine']) {
  await outside.refresh();
  for (let transfer = 0; transfer < 2; transfer++) {
    const own = [];
    for (let n = 0; n < A_TRANSACTION; n++) own.push(await outside.newAddress());
    await outside.transfer(own.map((address) => ({ address, amountXmr: '1' })));
  }
  await mine(11);
  await outside.refresh();
}

async function idleRoundMs(invoke: Sandbox['invoke']): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < IDLE_ROUNDS; round++)
    times.push(1000 * (await secondsOf(() => invoke('watchDeposits'))));
  return median(times);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
