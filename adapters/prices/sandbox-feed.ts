import { asMinorUnits, type Currency, decimalsOf } from '#core/money/fiat.ts';
import type { Prices } from '#core/offers/ports.ts';
import { asInstant, MINUTE_MS } from '#core/time.ts';

/** Mean price of 1 XMR in whole units of fiat. The sandbox's prices swing around it. Plausible, not real. */
const BASE: Record<Currency, bigint> = {
  EUR: 150n,
  USD: 165n,
  GBP: 130n,
  CHF: 145n,
  CAD: 225n,
  AUD: 250n,
  JPY: 24_500n,
  SEK: 1_700n,
  PLN: 640n,
  BRL: 900n,
};

/** The price stands still this long, so that a person can read it before taking an offer. */
const STEP_MS = 10 * MINUTE_MS;
/** Steps of one swing up and down. */
const PERIOD = 48;
/** Half the swing: 3 % of the base, in basis points. */
const SWING_BP = 300n;

/** A triangle wave from -PERIOD/4 to +PERIOD/4: no floating point, the same for everybody at the same time. */
function swing(step: number): bigint {
  const at = step % PERIOD;
  const quarter = PERIOD / 4;
  return BigInt(at < PERIOD / 2 ? at - quarter : PERIOD - quarter - at);
}

/** Made-up market prices that follow from the time alone, so that every function, test and replay sees the same. */
export const sandboxFeed: Prices = {
  async rate(currency, now) {
    const step = Math.floor(now / STEP_MS);
    const base = BASE[currency] * 10n ** BigInt(decimalsOf(currency));
    const change = (base * SWING_BP * swing(step)) / (10_000n * BigInt(PERIOD / 4));
    return {
      currency,
      fiatPerXmr: asMinorUnits(base + change),
      source: 'sandbox',
      at: asInstant(step * STEP_MS),
    };
  },
};
