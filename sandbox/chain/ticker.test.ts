import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '#tests/helpers/until.ts';
import { startTicker, type Ticker } from './ticker.ts';

let ticker: Ticker;
let said: string[];
let runs: number;

const runSchedules = async () => {
  runs += 1;
};
const begin = (mine?: () => Promise<unknown>, run = runSchedules) => {
  [said, runs] = [[], 0];
  ticker = startTicker({ mine, runSchedules: run, everySeconds: 0.01, say: (line) => said.push(line) });
};
const ticks = (count: number) =>
  until(
    async () => runs,
    (seen) => seen >= count,
    { everyMs: 5 },
  );

afterEach(() => ticker.stop());

test('runs the functions after each block', async () => {
  const order: string[] = [];
  begin(
    async () => order.push('block'),
    async () => {
      order.push('functions');
      runs += 1;
    },
  );
  await ticks(2);
  await ticker.stop();
  expect(order.slice(0, 4)).toEqual(['block', 'functions', 'block', 'functions']);
});

test('runs the functions without a node, and reports the failure once', async () => {
  begin(() => Promise.reject(new Error('monerod does not answer')));
  await ticks(3);
  expect(said).toEqual(['After the last block: monerod does not answer']);
});

test('reports a failure again after a success in between', async () => {
  let call = 0;
  begin(async () => {
    call += 1;
    if (call !== 2) throw new Error('no');
  });
  await ticks(4);
  expect(said).toHaveLength(2);
});

test('does nothing after it is stopped', async () => {
  begin();
  await ticks(1);
  await ticker.stop();
  const before = runs;
  await sleep(50);
  expect(runs).toBe(before);
});
