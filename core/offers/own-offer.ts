import type { Caller } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Offer } from './offers.ts';
import type { Offers } from './ports.ts';

/** The caller's own offer. Another's is refused with 403 and not hidden, because offers are public. */
export async function ownOffer(
  offers: Pick<Offers, 'get'>,
  id: OfferId,
  { accountId }: Caller,
): Promise<Offer | Refusal> {
  const offer = await offers.get(id);
  if (!offer) return refusal('not_found');
  return offer.ownerId === accountId ? offer : refusal('not_allowed');
}
