import type { Currency, MinorUnits } from '../money/fiat.ts';
import { type Instant, MINUTE_MS } from '../time.ts';
import { fiatPerXmr, type Offer, type Rate } from './offers.ts';
import type { Prices } from './ports.ts';

/** An older market price counts as unknown, so that nobody trades on it. */
const MAX_PRICE_AGE_MS = 30 * MINUTE_MS;

const isFresh = (rate: Rate, now: Instant) => now - rate.at <= MAX_PRICE_AGE_MS;

/** The market price, if it is fresh. */
export async function freshRate(prices: Prices, currency: Currency, now: Instant): Promise<Rate | undefined> {
  const rate = await prices.rate(currency, now);
  return rate && isFresh(rate, now) ? rate : undefined;
}

/** The fresh market price of each currency that has one. */
export async function currentRates(prices: Prices, now: Instant): Promise<Rate[]> {
  return (await prices.rates(now)).filter((rate) => isFresh(rate, now));
}

/** The price of 1 XMR in an offer now; `undefined` if it follows a market without a fresh price. */
export async function priceNow(prices: Prices, offer: Offer, now: Instant): Promise<MinorUnits | undefined> {
  const rate = offer.price.kind === 'market' ? await freshRate(prices, offer.currency, now) : undefined;
  return fiatPerXmr(offer, rate);
}
