import type { Sandbox } from '#sandbox/options.ts';
import { httpCaller } from '../doors/http-caller.ts';
import type { outsideAt } from '../doors/outside.ts';
import { newcomer } from '../site/pages.ts';

/** What wallet-rpc takes in one transaction. */
const A_TRANSACTION = 15;
const AMOUNT_EACH_XMR = '0.01';

export type Deposits = { found: number; foundASecond: number; creditedASecond: number };

/** Pays everybody once from outside, and times the watcher's run that finds them, and the one that credits them. */
export async function depositsASecond(
  { urls, mine, invoke }: Sandbox,
  outside: ReturnType<typeof outsideAt>,
  transactions: number,
): Promise<Deposits> {
  const count = transactions * A_TRANSACTION;
  const addresses: string[] = [];
  for (let n = 0; n < count; n++) {
    const person = httpCaller(urls.api);
    await person.registerAccount(newcomer());
    addresses.push((await person.newDepositAddress()).depositAddress);
    if (n % A_TRANSACTION === 0) await invoke('watchDeposits');
  }
  await outside.refresh();
  for (let from = 0; from < count; from += A_TRANSACTION) {
    const some = addresses.slice(from, from + A_TRANSACTION);
    await outside.transfer(some.map((address) => ({ address, amountXmr: AMOUNT_EACH_XMR })));
  }
  await mine(1);
  const foundASecond = count / (await secondsOf(() => invoke('watchDeposits')));
  await mine(10);
  const creditedASecond = count / (await secondsOf(() => invoke('watchDeposits')));
  return { found: count, foundASecond, creditedASecond };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
