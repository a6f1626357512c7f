import type { Ids } from '../ids.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { People } from '../people.ts';
import { refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';
import type { Offer } from './offers.ts';
import type { Offers, Prices } from './ports.ts';
import { priceNow } from './prices.ts';
import { offerView } from './views.ts';

export type OfferPorts = {
  offers: Offers;
  prices: Prices;
  people: People;
  ledger: Pick<Ledger, 'balance'>;
  clock: Clock;
  ids: Ids;
};

/** One offer as everybody sees it, or `price_unavailable`. */
export const viewOffer =
  ({ prices, people, clock }: Pick<OfferPorts, 'prices' | 'people' | 'clock'>) =>
  async (offer: Offer) => {
    const price = await priceNow(prices, offer, clock.now());
    if (price === undefined) return refusal('price_unavailable');
    return offerView(offer, price, await people.getMany([offer.ownerId]));
  };

export type ViewOffer = ReturnType<typeof viewOffer>;
