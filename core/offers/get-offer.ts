import type { OfferId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { OfferPorts } from './ports.ts';
import { showOffer } from './views.ts';

/** One offer, for everybody, closed ones included. */
export const getOffer =
  (ports: OfferPorts) =>
  async ({ offerId }: { offerId: OfferId }) => {
    const offer = await ports.offers.get(offerId);
    return offer ? showOffer(ports, offer) : refusal('not_found');
  };
