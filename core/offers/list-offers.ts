import type { Currency } from '../money/fiat.ts';
import type { Page, PageRequest } from '../paging.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { mergeByPrice } from './by-price.ts';
import { fiatPerXmr, type Offer, type Rate, type Side } from './offers.ts';
import type { OfferFilter } from './ports.ts';
import { freshRate } from './prices.ts';
import { currencyOf, fiatAt } from './rules.ts';
import type { OfferPorts } from './view-offer.ts';
import { offerView, priced } from './views.ts';

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

/** Browsing the market. What a page costs hangs on its length alone, not on how many offers there are. */
export function listOffers({ offers, prices, people, clock }: OfferPorts) {
  /** One page out of two ordered ranges; where the market has no price, only the fixed ones. */
  async function cheapest(
    side: Side,
    currency: Currency,
    filter: OfferFilter,
    page: PageRequest,
    rate?: Rate,
  ) {
    const { after = {}, limit } = page;
    const stretch = (kind: 'fixed' | 'market') =>
      after[`${kind}Ended`]
        ? undefined
        : offers.byPrice({ side, currency, kind }, filter, after[kind], limit);
    const [fixed, market] = await Promise.all([stretch('fixed'), rate && stretch('market')]);
    const stretches = { ...(fixed && { fixed }), ...(market && { market }) };
    return mergeByPrice(side, stretches, (offer) => fiatPerXmr(offer, rate)!, limit, after);
  }

  return async (query: Query) => {
    const filter = filterOf(query);
    if (isRefusal(filter)) return filter;
    const now = clock.now();
    const { side, currency } = filter;
    const rates = new Map<Currency, Rate | undefined>();
    const learn = async (of: Currency) => rates.set(of, await freshRate(prices, of, now));
    let found: Page<Offer>;
    if (query.sort === 'price' && side && currency) {
      await learn(currency);
      found = await cheapest(side, currency, filter, query.page, rates.get(currency));
    } else {
      found = await offers.newest(filter, query.page);
      await Promise.all([...new Set(found.items.map((offer) => offer.currency))].map(learn));
    }
    const persons = await people.getMany(found.items.map((offer) => offer.ownerId));
    const shown = priced(found.items, (offer) => rates.get(offer.currency));
    return { ...found, items: shown.map(({ offer, price }) => offerView(offer, price, persons)) };
  };
}
