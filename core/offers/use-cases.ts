import type { OfferId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { changeOffer } from './change-offer.ts';
import { createOffer } from './create-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { listRates } from './list-rates.ts';
import { type OfferPorts, viewOffer } from './view-offer.ts';

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
