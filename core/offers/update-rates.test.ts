import { memoryWorld } from '#adapters/memory/world.ts';
import { asMinorUnits, type Currency } from '../money/fiat.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { freshRate } from './prices.ts';
import { spanOf } from './rate-history.ts';
import { updateRates } from './update-rates.ts';

/** A world with two sources, whose prices of EUR in cents can be set; `undefined` fails. */
function twoSources() {
  const world = memoryWorld();
  const { ports } = world;
  const cents: Record<string, bigint | undefined> = { a: 15_000n, b: 15_000n };
  const source = (name: string) => ({
    name,
    prices: async () => {
      const price = cents[name];
      if (price === undefined) throw new Error(`${name} is away`);
      return new Map<Currency, ReturnType<typeof asMinorUnits>>([['EUR', asMinorUnits(price)]]);
    },
  });
  const update = updateRates({ ...ports, rates: ports.prices, sources: [source('a'), source('b')] });
  const fresh = async () => (await freshRate(ports.prices, 'EUR', ports.clock.now()))?.fiatPerXmr;
  return { ...world, cents, update, fresh };
}

test('stores the median of both sources', async () => {
  const { cents, update, fresh } = twoSources();
  cents.b = 15_100n;
  expect(await update()).toEqual({ answered: 2, changed: 1 });
  expect(await fresh()).toBe(15_050n);
});

test('one source suffices while the other is away', async () => {
  const { cents, update, fresh } = twoSources();
  cents.a = undefined;
  expect(await update()).toEqual({ answered: 1, changed: 1 });
  expect(await fresh()).toBe(15_000n);
});

test('while both are away the price stays for 30 minutes, and is then unknown', async () => {
  const { cents, update, fresh, pass } = twoSources();
  await update();
  cents.a = undefined;
  cents.b = undefined;
  pass(30 * MINUTE_MS);
  expect(await update()).toEqual({ answered: 0, changed: 0 });
  expect(await fresh()).toBe(15_000n);
  pass(1);
  expect(await fresh()).toBeUndefined();
});

test('a jump is refused in every run, and does not make the price look fresh', async () => {
  const { cents, update, fresh, pass } = twoSources();
  await update();
  cents.a = 150_000n;
  cents.b = 150_000n;
  for (let minute = 0; minute < 31; minute += 1) {
    pass(MINUTE_MS);
    expect(await update()).toEqual({ answered: 2, changed: 0 });
  }
  expect(await fresh()).toBeUndefined();
});

test('the history gets one point in ten minutes and one in an hour, however often it runs', async () => {
  const { ports, update, pass } = twoSources();
  for (let minute = 0; minute < 120; minute += 1) {
    await update();
    pass(MINUTE_MS);
  }
  const now = ports.clock.now();
  expect((await ports.prices.history('EUR', spanOf(2, now))).length).toBe(13);
  expect((await ports.prices.history('EUR', spanOf(48, now))).length).toBe(3);
  expect(spanOf(48, now).stepMs).toBe(HOUR_MS);
});
