import type { Currency } from '#core/money/fiat.ts';
import { api } from '../api/client.ts';
import { type Resource, resource } from '../api/resource.svelte.ts';
import type { Rate } from '../api/things.ts';

const EVERY_MS = 20_000;

/** The market prices, kept fresh. To be called while a component starts. */
export const liveRates = (): Resource<Rate[]> =>
  resource(async () => (await api.listRates()).items, { everyMs: EVERY_MS });

export const rateIn = (rates: Rate[] | undefined, currency: Currency): Rate | undefined =>
  rates?.find((rate) => rate.currency === currency);
