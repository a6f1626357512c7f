import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '#tests/helpers/until.ts';
import { startTicker, type Ticker } from './ticker.ts';

let ticker: Ticker;
let said: string[];
let looks: number;

const look = async () => {
  looks += 1;
};
const begin = (mine?: () => Promise<unknown>, look_ = look) => {
  [said, looks] = [[], 0];
  ticker = startTicker({ mine, look: look_, everySeconds: 0.01, say: (line) => said.push(line) });
};
const beats = (count: number) =>
  until(
    async () => looks,
    (seen) => seen >= count,
    { everyMs: 5 },
  );

afterEach(() => ticker.stop());

test('a look follows each block', async () => {
  const order: string[] = [];
  begin(
    async () => order.push('block'),
    async () => {
      order.push('look');
      looks += 1;
    },
  );
  await beats(2);
  await ticker.stop();
  expect(order.slice(0, 4)).toEqual(['block', 'look', 'block', 'look']);
});

test('a node that is away does not keep the functions from looking, and is told of once', async () => {
  begin(() => Promise.reject(new Error('monerod does not answer')));
  await beats(3);
  expect(said).toEqual(['After the last block: monerod does not answer']);
});

test('a failure that went away and came again is told of again', async () => {
  let call = 0;
  begin(async () => {
    call += 1;
    if (call !== 2) throw new Error('no');
  });
  await beats(4);
  expect(said).toHaveLength(2);
});

test('once stopped, nothing happens any more', async () => {
  begin();
  await beats(1);
  await ticker.stop();
  const before = looks;
  await sleep(50);
  expect(looks).toBe(before);
});
