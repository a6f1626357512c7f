import type { ApiClient } from '#contract/client.ts';
import type { OfferId } from '#core/ids.ts';
import type { MyOffer, Offer } from '../api/things.ts';

const OFFERS_AT_ONCE = '100';

/**
 * One's own offer with the payment accounts that only its owner sees. It is looked for in one's own list, because the
 * page of an offer is for everybody. An offer that is not there is read as others see it.
 */
export async function ownOffer(
  api: Pick<ApiClient, 'listMyOffers' | 'getOffer'>,
  offerId: OfferId,
): Promise<MyOffer | Offer> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await api.listMyOffers({
      limit: OFFERS_AT_ONCE,
      ...(cursor && { cursor }),
    });
    const found = items.find(({ id }) => id === offerId);
    if (found) return found;
    cursor = nextCursor;
  } while (cursor);
  return api.getOffer({ offerId });
}
