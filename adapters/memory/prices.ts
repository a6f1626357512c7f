import type { Currency, MinorUnits } from '#core/money/fiat.ts';
import type { Rate } from '#core/offers/offers.ts';
import type { Prices } from '#core/offers/ports.ts';
import type { Instant } from '#core/time.ts';

/** `set` publishes the price of 1 XMR, in minor units; `clear` makes it unknown. */
export type MemoryPrices = Prices & {
  set(currency: Currency, fiatPerXmr: MinorUnits, at: Instant): void;
  clear(currency: Currency): void;
};

export function memoryPrices(): MemoryPrices {
  const rates = new Map<Currency, Rate>();
  return {
    rate: async (currency) => rates.get(currency),
    set: (currency, fiatPerXmr, at) => {
      rates.set(currency, { currency, fiatPerXmr, source: 'memory', at });
    },
    clear: (currency) => {
      rates.delete(currency);
    },
  };
}
