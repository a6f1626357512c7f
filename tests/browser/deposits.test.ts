import type { Page } from 'playwright-core';
import { forget, invoke, mine, relay, takeBack } from '#tests/helpers/chain.ts';
import { payee } from '#tests/helpers/payee.ts';
import { signUp, withdraw } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 300_000;
/** One more than a deposit needs, because monerod sometimes leaves a new transaction out of the next block. */
const BLOCKS = 12;

const watch = async (times: number) => {
  for (let round = 0; round < times; round += 1) await invoke('watchDeposits');
};

async function depositAddressOf(page: Page): Promise<string> {
  await page.goto('/wallet');
  return (await page.getByTestId('deposit-address').textContent()) ?? '';
}

test(
  'shows a deposit that left the pool, and one that a reorganisation took back',
  story('deposits', async () => {
    const page = await visitor({ viewport: { width: 360, height: 740 } });
    const other = await visitor();
    await signUp(page, 'dora');
    await signUp(other, 'emil');
    await watch(1);
    await mine(BLOCKS);
    const { txid, blob } = await payee.sign(await depositAddressOf(page), '1.5');
    await relay(blob);
    await watch(1);
    await page.goto('/wallet');
    await page.getByText('0 of 10 confirmations').waitFor();

    await forget(txid);
    await watch(1);
    await page.goto('/wallet');
    await page.getByText('Never arrived').waitFor();
    await page.getByText('The payment left the network before it was confirmed.').waitFor();

    await relay(blob);
    await mine(BLOCKS);
    await watch(3);
    await page.goto('/wallet');
    await page.getByText('Credited').waitFor();
    await withdraw(page, await depositAddressOf(other), '1');

    await takeBack(txid, BLOCKS);
    await watch(2);
    await page.goto('/wallet');
    await page.getByRole('alert').getByText('The chain took back a deposit.').waitFor();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await page.getByRole('cell', { name: 'Deposit taken back' }).waitFor();
    expect(await page.locator('.balances .main').textContent()).toMatch(/[-−]1\s*XMR/);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);

    await relay(blob);
    await mine(BLOCKS);
    await watch(3);
    await page.goto('/wallet');
    await page.locator('.balances .main', { hasText: '0.5 XMR' }).waitFor();
  }),
  STORY_MS,
);
