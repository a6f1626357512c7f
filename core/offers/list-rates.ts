import { CURRENCIES, formatFiat } from '../money/fiat.ts';
import { refusal } from '../refusal.ts';
import type { Clock, Instant } from '../time.ts';
import type { Prices } from './ports.ts';
import { freshRate } from './prices.ts';

/** The fresh market price of each currency that has one. */
export async function currentRates(prices: Prices, now: Instant) {
  const rates = await Promise.all(CURRENCIES.map((currency) => freshRate(prices, currency, now)));
  return rates.filter((rate) => rate !== undefined);
}

export const listRates =
  ({ prices, clock }: { prices: Prices; clock: Clock }) =>
  async () => {
    const rates = await currentRates(prices, clock.now());
    if (!rates.length) return refusal('price_unavailable');
    return {
      items: rates.map((rate) => ({ ...rate, fiatPerXmr: formatFiat(rate.fiatPerXmr, rate.currency) })),
    };
  };
