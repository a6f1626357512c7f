import * as z from 'zod';
import { CURRENCIES, type Currency, type MinorUnits } from '#core/money/fiat.ts';
import type { RateSource } from '#core/offers/ports.ts';
import { quoteOf } from '#core/offers/quotes.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '#core/time.ts';
import { getJson } from './get-json.ts';

const COINGECKO_URL = 'https://api.coingecko.com';

/** CoinGecko renews its prices every minute. An older answer comes from a cache that no longer does. */
const MAX_AGE_MS = 10 * MINUTE_MS;

const Answer = z.object({ monero: z.record(z.string(), z.unknown()) });

/**
 * CoinGecko's mean of many markets, in all currencies at once, without a key (5 to 15 requests a minute).
 * https://docs.coingecko.com/reference/simple-price
 *
 * @param timeoutMs upper bound of one answer
 */
export function coinGecko(clock: Clock, baseUrl: string = COINGECKO_URL, timeoutMs?: number): RateSource {
  const codes = CURRENCIES.map((currency) => currency.toLowerCase()).join(',');
  const query = `ids=monero&vs_currencies=${codes}&include_last_updated_at=true&precision=3`;
  return {
    name: 'coingecko',
    async prices() {
      const { monero } = Answer.parse(await getJson(`${baseUrl}/api/v3/simple/price?${query}`, timeoutMs));
      const updatedAt = z.int().parse(monero.last_updated_at) * SECOND_MS;
      if (Math.abs(clock.now() - updatedAt) > MAX_AGE_MS) throw new Error('its prices are stale');
      return new Map(
        CURRENCIES.flatMap((currency): [Currency, MinorUnits][] => {
          const price = monero[currency.toLowerCase()];
          // Its prices are JSON numbers. Their shortest decimal form is the one that it sent.
          const quote = typeof price === 'number' ? quoteOf(String(price), currency) : undefined;
          return quote === undefined ? [] : [[currency, quote]];
        }),
      );
    },
  };
}
