import type { Currency } from '../money/fiat.ts';
import type { Page, PageRequest } from '../paging.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import { Beginning } from './beginning.ts';
import { asOf, mergeByPrice } from './by-price.ts';
import { fiatPerXmr, type Offer, type Price, type Rate, type Side } from './offers.ts';
import type { OfferFilter, OfferPorts, Offers, RangePage } from './ports.ts';
import { freshRate } from './prices.ts';
import { currencyOf, fiatAt, fits } from './rules.ts';
import { showOffers } from './views.ts';

type Query = {
  side?: Side;
  currency?: string;
  method?: string;
  amount?: string;
  sort?: 'price' | 'newest';
  page: PageRequest;
};

const missing = (path: string, message: string) =>
  refusal('invalid_request', { errors: [{ path, message }] });

function filterOf({ side, currency: code, method, amount: text, sort }: Query): OfferFilter | Refusal {
  if (sort === 'price' && !side) return missing('side', 'is needed to sort by price');
  if (sort === 'price' && !code) return missing('currency', 'is needed to sort by price');
  if (text && !code) return missing('currency', 'is needed to filter by amount');
  const currency = code === undefined ? undefined : currencyOf(code);
  if (isRefusal(currency)) return currency;
  const amount = text === undefined || !currency ? undefined : fiatAt('amount', text, currency);
  if (isRefusal(amount)) return amount;
  return {
    ...(side && { side }),
    ...(currency && { currency }),
    ...(method && { method }),
    ...(amount && { amount }),
  };
}

/** Upper bound of moved offers that are read for one page. */
const MOVED_READ = 100;

/**
 * One page of the two ranges (fixed and market prices), or of the fixed prices alone if the market has no price. All
 * pages of a list have the order that the first page saw (ADR 0025).
 */
async function cheapest(
  offers: Offers,
  market: { side: Side; currency: Currency },
  filter: OfferFilter,
  { after = {}, limit }: PageRequest,
  now: Instant,
  rate?: Rate,
): Promise<Page<Offer>> {
  const begun = Beginning.in(after);
  const settledAt = begun?.settledAt ?? Beginning.settledAt(now);
  const movedSince = () => offers.movedSince(market, settledAt, MOVED_READ);
  // On a first page the moves are read before the ranges, so that the ranges show each of them.
  const seen = begun ? [] : await movedSince();
  const stretch = (kind: 'fixed' | 'market') =>
    after[`${kind}Ended`] ? undefined : offers.byPrice({ ...market, kind }, filter, after[kind], limit);
  const [fixed, followers] = await Promise.all([stretch('fixed'), rate && stretch('market')]);
  const read = [...(fixed?.items ?? []), ...(followers?.items ?? [])].map(({ offer }) => offer);
  const beginning = begun ?? Beginning.at(settledAt, [...seen, ...read]);
  // On a later page the moves are read after the ranges, so that a move between the two reads is not missed.
  const moved = begun ? (await movedSince()).filter((offer) => fits(offer, filter)) : [];
  const placed = (kind: 'fixed' | 'market', range: RangePage) =>
    asOf(beginning, { side: market.side, kind, after: after[kind] }, range, moved);
  const stretches = {
    ...(fixed && { fixed: placed('fixed', fixed) }),
    ...(followers && { market: placed('market', followers) }),
  };
  const priceOf = (price: Price) => fiatPerXmr({ price }, rate)!;
  const { items, next } = mergeByPrice(market.side, stretches, priceOf, limit, after);
  return next ? { items, next: { ...next, ...beginning.position } } : { items };
}

/** Listed offers. The cost of a page depends on its length alone, not on the number of offers. */
export const listOffers =
  ({ offers, prices, people, clock }: OfferPorts) =>
  async (query: Query) => {
    const filter = filterOf(query);
    if (isRefusal(filter)) return filter;
    const now = clock.now();
    const { side, currency } = filter;
    const rates = new Map<Currency, Rate | undefined>();
    const learn = async (of: Currency) => rates.set(of, await freshRate(prices, of, now));
    let found: Page<Offer>;
    if (query.sort === 'price' && side && currency) {
      await learn(currency);
      found = await cheapest(offers, { side, currency }, filter, query.page, now, rates.get(currency));
    } else {
      found = await offers.newest(filter, query.page);
      await Promise.all([...new Set(found.items.map((offer) => offer.currency))].map(learn));
    }
    const persons = await people.getMany(found.items.map((offer) => offer.ownerId));
    return { ...found, items: showOffers(found.items, (offer) => rates.get(offer.currency), persons) };
  };
