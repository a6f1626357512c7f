import { memoryWorld } from '#adapters/memory/world.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant, HOUR_MS, later, MINUTE_MS } from '../time.ts';
import { listRateHistory } from './list-rate-history.ts';
import { instantsOf, spanOf } from './rate-history.ts';

const NOW = asInstant(Date.parse('2026-11-29T12:34:56Z'));

test.each([
  [1, 7, 10 * MINUTE_MS],
  [24, 145, 10 * MINUTE_MS],
  [25, 26, HOUR_MS],
  [168, 169, HOUR_MS],
])('the last %i hours have %i points', (hours, points, stepMs) => {
  const span = spanOf(hours, NOW);
  const instants = instantsOf(span);
  expect(instants).toHaveLength(points);
  expect(instants.every((at) => at % stepMs === 0 && at <= NOW)).toBe(true);
  expect(NOW - instants.at(-1)!).toBeLessThan(stepMs);
});

test('lists the known prices oldest first, and no point where none is known', async () => {
  const { ports } = memoryWorld();
  const history = listRateHistory(ports);
  const last = spanOf(1, ports.clock.now()).until;
  ports.prices.set('KWD', asMinorUnits(49_001n), later(last, -30 * MINUTE_MS));
  ports.prices.set('KWD', asMinorUnits(50_120n), last);
  ports.prices.set('EUR', asMinorUnits(15_000n), last);
  expect(await history({ currency: 'KWD', hours: 1 })).toEqual({
    items: [
      { at: later(last, -30 * MINUTE_MS), fiatPerXmr: '49.001' },
      { at: last, fiatPerXmr: '50.120' },
    ],
  });
  expect(await history({ currency: 'USD', hours: 1 })).toEqual({ items: [] });
});

test('refuses a currency that is not traded', async () => {
  const { ports } = memoryWorld();
  const refused = await listRateHistory(ports)({ currency: 'XXX', hours: 1 });
  expect(isRefusal(refused) && refused.refused).toBe('unsupported_currency');
});
