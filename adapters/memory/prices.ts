import { CURRENCIES, type Currency, type MinorUnits } from '#core/money/fiat.ts';
import type { Rate } from '#core/offers/offers.ts';
import type { Prices } from '#core/offers/ports.ts';
import { instantsOf } from '#core/offers/rate-history.ts';
import type { Instant } from '#core/time.ts';

/** `set` publishes the price of 1 XMR, in minor units; `clear` makes it unknown. */
export type MemoryPrices = Prices & {
  set(currency: Currency, fiatPerXmr: MinorUnits, at: Instant): void;
  clear(currency: Currency): void;
};

export function memoryPrices(): MemoryPrices {
  const rates = new Map<Currency, Rate>();
  const published: Rate[] = [];
  return {
    rate: async (currency) => rates.get(currency),
    rates: async () => CURRENCIES.flatMap((currency) => rates.get(currency) ?? []),
    history: async (currency, span) =>
      instantsOf(span).flatMap((at) => {
        const known = published.find((rate) => rate.currency === currency && rate.at === at);
        return known ? [{ at, fiatPerXmr: known.fiatPerXmr }] : [];
      }),
    set: (currency, fiatPerXmr, at) => {
      const rate = { currency, fiatPerXmr, source: 'memory', at };
      rates.set(currency, rate);
      published.push(rate);
    },
    clear: (currency) => {
      rates.delete(currency);
    },
  };
}
