// `npm start` is stopped for the whole payment window of a trade.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '#tests/helpers/until.ts';
import { leftOf, NpmRun, surroundings } from './npm-start.ts';
import { aKey, visitor } from './visitor.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-outage-'));
let env: Record<string, string>;
let running: NpmRun;

const siteUrl = () => `http://127.0.0.1:${env.PUPERO_SITE_PORT}`;
const start = async () => {
  running = new NpmRun(['start', '--silent'], env);
  await running.ready();
};
const stop = async () => {
  const processes = running.processes();
  running.ctrlC();
  await leftOf(processes);
};

beforeAll(async () => {
  env = await surroundings(folder);
  await start();
});

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a buyer may still pay after an outage that was as long as the payment window', async () => {
  const [seller, buyer] = [await visitor(siteUrl(), 'carol'), await visitor(siteUrl(), 'dave')];
  await seller.drawFaucet({ amountXmr: '2' }, aKey());
  const offer = await seller.createOffer({
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: '150.00' },
    minFiat: '1.00',
    maxFiat: '1000.00',
    methods: ['sepa'],
    paymentWindowMinutes: 1,
  });
  const trade = await buyer.startTrade({ offerId: offer.id, amountXmr: '2' }, aKey());
  const one = { tradeId: trade.id };
  // The timer runs every five seconds. It has seen the trade before the stop.
  await sleep(6_000);
  await stop();
  const stoppedAt = Date.now();
  await sleep(Date.parse(trade.paymentExpiresAt) - Date.now() + 1_000);
  await start();

  const moved = await until(
    () => buyer.getTrade(one),
    ({ version }) => version > 1,
    { withinMs: 30_000 },
  );
  expect(moved).toMatchObject({ state: 'awaiting_payment', version: 2 });
  const givenBackMs = Date.parse(moved.paymentExpiresAt) - Date.parse(trade.paymentExpiresAt);
  expect(givenBackMs).toBeGreaterThanOrEqual(Date.parse(trade.paymentExpiresAt) - stoppedAt);
  await buyer.confirmPaymentSent(one);
  await seller.confirmPaymentReceived(one);
  expect(await buyer.getWallet()).toMatchObject({ availableXmr: '2' });
}, 300_000);
