import type { Currency } from '#core/money/fiat.ts';
import { api } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { Rate } from '../api/things.ts';

const EVERY_MS = 20_000;

/** The market prices, reloaded while the page is visible. Call this during component initialization. */
export const liveRates = (): Resource<Rate[]> =>
  new Resource(async () => (await api.listRates()).items, { everyMs: EVERY_MS });

export const rateIn = (rates: Rate[] | undefined, currency: Currency): Rate | undefined =>
  rates?.find((rate) => rate.currency === currency);
