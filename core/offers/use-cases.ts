import type { Ids, OfferId } from '../ids.ts';
import type { People } from '../people.ts';
import { refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';
import { changeOffer } from './change-offer.ts';
import { createOffer } from './create-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { listRates } from './list-rates.ts';
import type { Offer } from './offers.ts';
import type { Offers, Prices } from './ports.ts';
import { priceNow } from './prices.ts';
import { offerView } from './views.ts';

export type OfferPorts = { offers: Offers; prices: Prices; people: People; clock: Clock; ids: Ids };

export type ViewOffer = ReturnType<typeof viewOffer>;

/** One offer as everybody sees it, or that its price is not known. */
const viewOffer =
  ({ prices, people, clock }: OfferPorts) =>
  async (offer: Offer) => {
    const price = await priceNow(prices, offer, clock.now());
    if (price === undefined) return refusal('price_unavailable');
    return offerView(offer, price, await people.getMany([offer.ownerId]));
  };

export function offerUseCases(ports: OfferPorts) {
  const view = viewOffer(ports);
  return {
    createOffer: createOffer(ports, view),
    ...changeOffer(ports, view),
    listOffers: listOffers(ports),
    listMyOffers: listMyOffers(ports),
    listRates: listRates(ports),
    async getOffer({ offerId }: { offerId: OfferId }) {
      const offer = await ports.offers.get(offerId);
      return offer ? view(offer) : refusal('not_found');
    },
  };
}
