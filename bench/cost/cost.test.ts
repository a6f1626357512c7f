import { operations } from '#contract/index.ts';
import { changes, expected, refuseChanges } from '../expected/expected.ts';
import { type Counts, countsOf, type Usage } from '../meter/usage.ts';
import { TRADE_WRITE_UNITS_AT_MOST, tradeUsage } from './flow.ts';
import { measureCost } from './measure.ts';
import { why } from './why.ts';

const STORY_MS = 240_000;
const stop = new AbortController();
let usages: Map<string, Usage>;

beforeAll(async () => {
  usages = await measureCost({ say: () => {}, signal: stop.signal });
}, STORY_MS);

afterAll(() => stop.abort());

test('every operation costs the calls, units and queue requests that are expected', () => {
  const found = Object.fromEntries([...usages].map(([label, usage]) => [label, countsOf(usage)]));
  refuseChanges('cost', changes(expected<Record<string, Counts>>('cost'), found));
});

test('every operation of the API is counted', () => {
  const counted = new Set([...usages.keys()].map((label) => label.split(',', 1)[0]));
  expect(operations.map(({ name }) => name).filter((name) => !counted.has(name))).toEqual([]);
});

test('a trade costs no more write units than it may, and each of them has a reason', () => {
  expect(tradeUsage(usages).writeUnits).toBeLessThanOrEqual(TRADE_WRITE_UNITS_AT_MOST);
  const steps = ['startTrade', 'confirmPaymentSent', 'confirmPaymentReceived'];
  const reasons = steps.flatMap((step) => usages.get(step)!.writes.map((row) => why(step, row)));
  expect(reasons).not.toContain('nobody has said why');
});
