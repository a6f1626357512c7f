import type { WithdrawalId } from '#core/ids.ts';
import type { HttpClient } from '#sandbox/parts/api-client.ts';
import { aKey } from '../callers/caller.ts';
import type { walletAt } from '../callers/outside.ts';

const POLL_MS = 10;
const PATIENCE_MS = 60_000;
const AMOUNT = '0.01';

type Wallet = ReturnType<typeof walletAt>;

/** Time from the request until the API reports the withdrawal as broadcast. @returns milliseconds */
export async function payoutMs(person: HttpClient, address: string): Promise<number> {
  const begun = performance.now();
  const { id } = await person.requestWithdrawal({ address, amountXmr: AMOUNT }, aKey());
  await untilBroadcast(person, id);
  return performance.now() - begun;
}

/** Time of the same payment by the same wallet, called directly. @returns milliseconds */
export async function transferMs(house: Wallet, address: string): Promise<number> {
  const begun = performance.now();
  await house.refresh();
  await house.transfer([{ address, amountXmr: AMOUNT }]);
  return performance.now() - begun;
}

/**
 * Requests one withdrawal of each person at once.
 * @returns payouts per second, from the first request to the last broadcast
 */
export async function payoutsASecond(people: readonly HttpClient[], address: string): Promise<number> {
  const begun = performance.now();
  const asked = await Promise.all(
    people.map(async (person) => {
      const { id } = await person.requestWithdrawal({ address, amountXmr: AMOUNT }, aKey());
      return { person, id };
    }),
  );
  for (const { person, id } of asked) await untilBroadcast(person, id);
  return people.length / ((performance.now() - begun) / 1000);
}

async function untilBroadcast(person: HttpClient, withdrawalId: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const { state } = await person.getWithdrawal({ withdrawalId: withdrawalId as WithdrawalId });
    if (state === 'broadcast' || state === 'confirmed') return;
    if (state === 'failed') throw new Error('a withdrawal of the bench failed');
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error(`a withdrawal was not paid within ${PATIENCE_MS} ms`);
}
