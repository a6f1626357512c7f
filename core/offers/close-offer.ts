import type { Caller } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { ownOffer } from './own-offer.ts';
import type { OfferPorts } from './ports.ts';

/** Closes the offer for good. If another change was faster, its result is read and closed. */
export const closeOffer =
  ({ offers, clock }: OfferPorts) =>
  async ({ offerId }: { offerId: OfferId }, caller: Caller) =>
    retryOnConflict(`offer ${offerId}`, async () => {
      const offer = await ownOffer(offers, offerId, caller);
      if (isRefusal(offer)) return offer;
      if (offer.state === 'closed') return undefined;
      return offers.save({
        ...offer,
        state: 'closed',
        version: offer.version + 1,
        updatedAt: clock.now(),
      });
    });
