import { CURRENCIES, type Currency, type MinorUnits, parseFiat } from '../money/fiat.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { isListed, type Offer, type Price } from './offers.ts';
import type { OfferFilter } from './ports.ts';

/** The terms that an owner sets, with fiat amounts as on the wire. */
export type OfferTerms = {
  price: { kind: 'fixed'; fiatPerXmr: string } | { kind: 'market'; marginBp: number };
  minFiat: string;
  maxFiat: string;
};

export type ParsedTerms = { price: Price; minFiat: MinorUnits; maxFiat: MinorUnits };

export const currencyOf = (code: string): Currency | Refusal =>
  CURRENCIES.find((currency) => currency === code) ??
  refusal('unsupported_currency', { detail: CURRENCIES.join(', ') });

/** One fiat amount, or the 400 that names its path. */
export function fiatAt(path: string, text: string, currency: Currency): MinorUnits | Refusal {
  const amount = parseFiat(text, currency);
  return typeof amount === 'string'
    ? refusal('invalid_request', { errors: [{ path, message: amount }] })
    : amount;
}

/** The terms in minor units of `currency`, or a refusal that names every wrong amount. */
export function parseTerms(terms: OfferTerms, currency: Currency): ParsedTerms | Refusal {
  const { price: set } = terms;
  const fixed = set.kind === 'fixed' ? fiatAt('price.fiatPerXmr', set.fiatPerXmr, currency) : undefined;
  const minFiat = fiatAt('minFiat', terms.minFiat, currency);
  const maxFiat = fiatAt('maxFiat', terms.maxFiat, currency);
  if (isRefusal(fixed) || isRefusal(minFiat) || isRefusal(maxFiat)) {
    const wrong = [fixed, minFiat, maxFiat].filter(isRefusal);
    return refusal('invalid_request', { errors: wrong.flatMap(({ errors = [] }) => errors) });
  }
  if (minFiat > maxFiat) return refusal('amount_out_of_range', { detail: 'minFiat is more than maxFiat' });
  const price: Price = set.kind === 'market' ? set : { kind: 'fixed', fiatPerXmr: fixed! };
  return { price, minFiat, maxFiat };
}

/** Whether the market lists an offer, and it passes a filter. */
export const fits = (offer: Offer, { side, currency, method, amount }: OfferFilter) =>
  isListed(offer) &&
  (!side || offer.side === side) &&
  (!currency || offer.currency === currency) &&
  (!method || offer.methods.includes(method)) &&
  (!amount || (offer.minFiat <= amount && amount <= offer.maxFiat));
