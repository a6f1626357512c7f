import { CURRENCIES, type Currency, parseFiat } from '#core/money/fiat.ts';
import type { Side } from '../api/things.ts';

/** The visitor's intention. Offers to sell match `buy`, and offers to buy match `sell`. */
export type Want = 'buy' | 'sell';
export const offerSide = (want: Want): Side => (want === 'buy' ? 'sell' : 'buy');
export const wantOf = (side: Side): Want => (side === 'sell' ? 'buy' : 'sell');

export type Filters = {
  want: Want;
  currency: Currency;
  amount: string;
  method: string;
  sort: 'price' | 'newest';
};

export const isCurrency = (text: string | null): text is Currency => CURRENCIES.some((code) => code === text);

/** Reads the filters from the address, so that a link shows the same list to others. */
export function filtersFrom(query: URLSearchParams): Filters {
  const currency = query.get('currency');
  return {
    want: query.get('want') === 'sell' ? 'sell' : 'buy',
    currency: isCurrency(currency) ? currency : 'EUR',
    amount: query.get('amount') ?? '',
    method: query.get('method') ?? '',
    sort: query.get('sort') === 'newest' ? 'newest' : 'price',
  };
}

/** The query of the filters. Omits defaults, so that addresses stay short. */
export function queryOf({ want, currency, amount, method, sort }: Filters): string {
  const query = new URLSearchParams();
  if (want !== 'buy') query.set('want', want);
  if (currency !== 'EUR') query.set('currency', currency);
  if (amount) query.set('amount', amount);
  if (method) query.set('method', method);
  if (sort !== 'price') query.set('sort', sort);
  return query.toString();
}

export const isUsableAmount = (amount: string, currency: Currency): boolean =>
  typeof parseFiat(amount, currency) !== 'string';
