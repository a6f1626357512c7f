import { asMinorUnits, CURRENCIES, type Currency, decimalsOf } from '#core/money/fiat.ts';
import type { Rate } from '#core/offers/offers.ts';
import type { Prices } from '#core/offers/ports.ts';
import { instantsOf } from '#core/offers/rate-history.ts';
import { asInstant, type Instant, MINUTE_MS } from '#core/time.ts';
import { walkMillionths } from './walk.ts';

/** Mean price of 1 XMR in whole units of fiat. The sandbox's prices walk around it. Plausible, not real. */
const MEAN: Record<Currency, bigint> = {
  EUR: 150n,
  USD: 165n,
  GBP: 130n,
  CHF: 145n,
  CAD: 225n,
  AUD: 250n,
  NZD: 275n,
  JPY: 24_500n,
  CNY: 1_180n,
  HKD: 1_290n,
  TWD: 5_300n,
  KRW: 228_000n,
  SGD: 220n,
  INR: 14_000n,
  IDR: 2_700_000n,
  THB: 5_900n,
  PHP: 9_500n,
  MYR: 730n,
  VND: 4_200_000n,
  SEK: 1_700n,
  NOK: 1_750n,
  DKK: 1_120n,
  PLN: 640n,
  CZK: 3_750n,
  HUF: 60_000n,
  UAH: 6_900n,
  GEL: 450n,
  TRY: 5_600n,
  ILS: 600n,
  AED: 606n,
  SAR: 619n,
  KWD: 51n,
  BHD: 62n,
  ZAR: 3_000n,
  NGN: 250_000n,
  BRL: 900n,
  MXN: 3_200n,
  ARS: 165_000n,
  CLP: 157_000n,
};

/** The price stands still this long, so that a person can read it before taking an offer. */
const STEP_MS = 5 * MINUTE_MS;
const SEED = 1;
const MILLION = 1_000_000n;

function rateAt(currency: Currency, at: Instant): Rate {
  const step = Math.floor(at / STEP_MS);
  const mean = MEAN[currency] * 10n ** BigInt(decimalsOf(currency));
  return {
    currency,
    fiatPerXmr: asMinorUnits((mean * (MILLION + walkMillionths(SEED, step))) / MILLION),
    source: 'sandbox',
    at: asInstant(step * STEP_MS),
  };
}

/**
 * Made-up market prices that follow from the time alone, so that every function, test and replay sees the same. So
 * there is a history at the first start, and nothing is stored.
 */
export const sandboxFeed: Prices = {
  rate: async (currency, now) => rateAt(currency, now),
  rates: async (now) => CURRENCIES.map((currency) => rateAt(currency, now)),
  history: async (currency, span) =>
    instantsOf(span).map((at) => ({ at, fiatPerXmr: rateAt(currency, at).fiatPerXmr })),
};
