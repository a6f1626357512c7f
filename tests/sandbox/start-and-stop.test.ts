// `npm start` as a person runs it: processes, signals, and one data folder for three starts.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '#contract/client.ts';
import { until } from '#tests/helpers/until.ts';
import { leftOf, NpmRun, surroundings } from './npm-start.ts';
import { aKey, visitor } from './visitor.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-start-'));
let env: Record<string, string>;
let running: NpmRun;
let seller: ApiClient;
let buyer: ApiClient;
let tradeId: Awaited<ReturnType<ApiClient['startTrade']>>['id'];

const siteUrl = () => `http://127.0.0.1:${env.PUPERO_SITE_PORT}`;
const start = async () => {
  running = new NpmRun(['start', '--silent'], env);
  await running.ready();
};
const npmRun = async (...args: string[]) => {
  const run = new NpmRun(['run', '--silent', ...args], env);
  return { code: await run.ended, printed: run.printed };
};
const healthIs = (status: string) =>
  until(
    () =>
      fetch(`${siteUrl()}/api/healthz`).then(
        (answer) => answer.json(),
        () => ({}),
      ),
    (health: { status?: string }) => health.status === status,
  );

beforeAll(async () => {
  env = await surroundings(folder);
  await start();
});

afterAll(async () => {
  const processes = running.processes();
  running.ctrlC();
  await leftOf(processes);
  rmSync(folder, { recursive: true, force: true });
});

test('a first start prints all addresses and no secrets', async () => {
  expect(running.printed).toMatch(/Pupero is ready after [\d.]+ s/);
  expect(running.printed).toMatch(/alice +password \S+ +10 XMR/);
  expect(running.printed).toMatch(/outside Monero address.*\n {2}4\w{94}\n/);
  expect((await fetch(siteUrl())).status).toBe(200);
  expect(await healthIs('ok')).toMatchObject({ status: 'ok', network: 'regtest' });
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('nothing in the data folder can be read by others', () => {
  const names = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  const modeOf = (name: string) => lstatSync(join(folder, name), { throwIfNoEntry: false })?.mode ?? 0;
  expect(names.filter((name) => modeOf(name) & 0o077)).toEqual([]);
  expect(names).toContain('tables.sqlite');
});

test('refuses a second start in the same folder, and a reset, with one sentence', async () => {
  for (const args of [[], ['--', '--reset', '--yes']]) {
    const second = new NpmRun(['start', '--silent', ...args], env);
    expect(await second.ended).toBe(1);
    expect(second.printed).toMatch(/ is in use by process \d+\. Stop that one first/);
  }
});

test('starts a trade and pays an outside wallet although every engine crashes', async () => {
  [seller, buyer] = [await visitor(siteUrl(), 'carol'), await visitor(siteUrl(), 'dave')];
  await seller.drawFaucet({ amountXmr: '5' }, aKey());
  const offer = await seller.createOffer({
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: '150.00' },
    minFiat: '1.00',
    maxFiat: '1000.00',
    methods: ['sepa'],
    paymentWindowMinutes: 30,
  });
  ({ id: tradeId } = await buyer.startTrade({ offerId: offer.id, amountXmr: '2' }, aKey()));
  await buyer.confirmPaymentSent({ tradeId });

  const address = readFileSync(join(folder, 'outside', 'address.txt'), 'utf8').trim();
  for (const part of ['monerod --regtest', 'dynoxide serve', 'queue-server.ts']) running.crash(part);
  await until(
    async () => running.printed,
    (printed) => (printed.match(/ is back\./g) ?? []).length === 3,
  );
  await healthIs('ok');
  const { id: withdrawalId } = await seller.requestWithdrawal({ address, amountXmr: '1.25' }, aKey());
  // Within 5 s of the last part's return, and a block each second.
  const paid = await until(
    () => seller.getWithdrawal({ withdrawalId }),
    ({ confirmations }) => confirmations > 0,
  );
  expect(paid.state).toBe('broadcast');
  expect((await npmRun('outside')).printed).toContain(`  1.25 XMR, `);
  expect((await npmRun('audit')).printed).toContain('Every invariant holds.');
});

test('Ctrl-C leaves no process behind, and the books balance', async () => {
  const processes = running.processes();
  running.ctrlC();
  await running.ended;
  expect(await leftOf(processes)).toEqual([]);
  expect(processes.length).toBeGreaterThan(7);
  expect(await npmRun('audit')).toMatchObject({ code: 0, printed: expect.stringContaining('1 trades') });
});

test('the next start continues the trade', async () => {
  await start();
  expect((await buyer.getTrade({ tradeId })).state).toBe('payment_sent');
  expect((await seller.confirmPaymentReceived({ tradeId })).state).toBe('completed');
  expect(await buyer.getWallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
});

test('a part that keeps crashing is named with its last lines, and everything stops', async () => {
  const processes = running.processes();
  for (let deaths = 1; deaths <= 4; deaths += 1) {
    running.crash('queue-server.ts');
    const told = () => running.printed.match(/queue is back\.|died 4 times/g)?.length === deaths;
    await until(async () => told(), Boolean);
  }
  expect(await running.ended).toBe(1);
  expect(running.printed).toMatch(
    /queue died \(SIGKILL\)\.[\s\S]*It died 4 times in a minute\.\s+Everything was stopped\./,
  );
  expect(await leftOf(processes)).toEqual([]);
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('%s to npm alone ends everything', async (name) => {
  await start();
  const processes = running.processes();
  running.signal(name);
  await running.ended;
  // Of these npm waits only for the one that it hands on.
  expect(running.printed.match(/Stopping; the data is kept/g)).toHaveLength(1);
  expect(await leftOf(processes, name === 'SIGHUP' ? 10_000 : 0)).toEqual([]);
});
