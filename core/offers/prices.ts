import type { Currency, MinorUnits } from '../money/fiat.ts';
import { type Instant, MINUTE_MS } from '../time.ts';
import { fiatPerXmr, type Offer, type Rate } from './offers.ts';
import type { Prices } from './ports.ts';

/** A market price older than this is no price: nobody should trade on it. */
const MAX_PRICE_AGE_MS = 30 * MINUTE_MS;

/** The market price, if it is fresh. */
export async function freshRate(prices: Prices, currency: Currency, now: Instant): Promise<Rate | undefined> {
  const rate = await prices.rate(currency, now);
  return rate && now - rate.at <= MAX_PRICE_AGE_MS ? rate : undefined;
}

/** What an offer costs now; a fixed price asks no market. */
export async function priceNow(prices: Prices, offer: Offer, now: Instant): Promise<MinorUnits | undefined> {
  const rate = offer.price.kind === 'market' ? await freshRate(prices, offer.currency, now) : undefined;
  return fiatPerXmr(offer, rate);
}
