import type { Anyone } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { ReadingCall } from '../versions.ts';
import type { OfferPorts } from './ports.ts';
import { showOffer } from './views.ts';

/** One offer, for everybody, closed ones included. */
export const getOffer =
  (ports: OfferPorts) =>
  async ({ offerId }: { offerId: OfferId }, _caller?: Anyone, call: ReadingCall = {}) => {
    const offer = await ports.offers.get(offerId);
    return offer ? showOffer(ports, offer, call) : refusal('not_found');
  };
