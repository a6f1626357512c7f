import * as z from 'zod';
import type { Currency, MinorUnits } from '#core/money/fiat.ts';
import type { RateSource } from '#core/offers/ports.ts';
import { quoteOf } from '#core/offers/quotes.ts';
import { getJson } from './get-json.ts';

const KRAKEN_URL = 'https://api.kraken.com';

/** The markets of XMR for fiat. The answer names them by Kraken's older codes. */
const MARKETS = [
  { currency: 'EUR', pair: 'XMREUR', answered: 'XXMRZEUR' },
  { currency: 'USD', pair: 'XMRUSD', answered: 'XXMRZUSD' },
] as const;

const Answer = z.object({
  error: z.array(z.string()).max(0, 'it answered an error'),
  result: z.record(z.string(), z.unknown()),
});
/** `c` has price and volume of the last trade. Kraken's amounts are strings. */
const Ticker = z.object({ c: z.tuple([z.string()], z.unknown()) });

/**
 * The last trades at Kraken, without a key. https://docs.kraken.com/api/docs/rest-api/get-ticker-information
 *
 * @param timeoutMs upper bound of one answer
 */
export function kraken(baseUrl: string = KRAKEN_URL, timeoutMs?: number): RateSource {
  const pairs = MARKETS.map(({ pair }) => pair).join(',');
  return {
    name: 'kraken',
    async prices() {
      const url = `${baseUrl}/0/public/Ticker?pair=${pairs}`;
      const { result } = Answer.parse(await getJson(url, timeoutMs));
      return new Map(
        MARKETS.flatMap(({ currency, pair, answered }): [Currency, MinorUnits][] => {
          const ticker = Ticker.safeParse(result[answered] ?? result[pair]);
          const quote = ticker.success ? quoteOf(ticker.data.c[0], currency) : undefined;
          return quote === undefined ? [] : [[currency, quote]];
        }),
      );
    },
  };
}
