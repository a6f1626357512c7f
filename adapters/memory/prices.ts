import { CURRENCIES, type Currency, type MinorUnits } from '#core/money/fiat.ts';
import type { Rate } from '#core/offers/offers.ts';
import type { Prices, RateStore } from '#core/offers/ports.ts';
import { historyInstants, instantsOf } from '#core/offers/rate-history.ts';
import type { Instant } from '#core/time.ts';

/** `set` publishes the price of 1 XMR, in minor units; `clear` makes it unknown. */
export type MemoryPrices = Prices &
  RateStore & {
    set(currency: Currency, fiatPerXmr: MinorUnits, at: Instant): void;
    clear(currency: Currency): void;
  };

export function memoryPrices(): MemoryPrices {
  let stored: { rates: Rate[]; savedAt: Instant } | undefined;
  const history = new Map<string, MinorUnits>();
  const keyOf = (currency: Currency, stepMs: number, at: Instant) => `${currency} ${stepMs} ${at}`;
  const others = (currency: Currency) => (stored?.rates ?? []).filter((rate) => rate.currency !== currency);
  const prices: MemoryPrices = {
    rate: async (currency) => stored?.rates.find((rate) => rate.currency === currency),
    rates: async () =>
      CURRENCIES.flatMap((currency) => stored?.rates.find((rate) => rate.currency === currency) ?? []),
    history: async (currency, span) =>
      instantsOf(span).flatMap((at) => {
        const fiatPerXmr = history.get(keyOf(currency, span.stepMs, at));
        return fiatPerXmr === undefined ? [] : [{ at, fiatPerXmr }];
      }),
    stored: async () => stored,
    async save(next) {
      if (!stored || stored.savedAt < next.savedAt) stored = next;
    },
    async addHistory({ at, stepMs }, rates) {
      for (const { currency, fiatPerXmr } of rates) history.set(keyOf(currency, stepMs, at), fiatPerXmr);
    },
    set: (currency, fiatPerXmr, at) => {
      const rate = { currency, fiatPerXmr, source: 'memory', at };
      for (const instant of historyInstants(undefined, at)) void prices.addHistory(instant, [rate]);
      stored = { rates: [...others(currency), rate], savedAt: at };
    },
    clear: (currency) => {
      if (stored) stored = { ...stored, rates: others(currency) };
    },
  };
  return prices;
}
