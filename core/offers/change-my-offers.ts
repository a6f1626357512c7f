import type { Caller } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import type { Position } from '../paging.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Covered } from './cover.ts';
import { MAX_CHANGED_AT_ONCE } from './limits.ts';
import type { Offer } from './offers.ts';
import type { OfferPorts } from './ports.ts';

const PAGE_LENGTH = 100;

/**
 * Upper bound of pages that one call reads, of PAGE_LENGTH offers each. Closed offers count, because they are in the
 * same list.
 */
const MAX_PAGES = 50;

/**
 * Changes the caller's offers one by one, newest first, and at most MAX_CHANGED_AT_ONCE of them. Each offer is a
 * separate write. If the process dies, some offers are changed, and the same call again changes the rest.
 *
 * @param change returns the changed offer, or `undefined` for an offer that stays as it is
 * @param cover decides the cover of offers that it opens
 * @returns the number of offers that this call changed; 0 if none is left to change
 */
export async function changeMyOffers(
  { offers, clock }: Pick<OfferPorts, 'offers' | 'clock'>,
  { accountId }: Pick<Caller, 'accountId'>,
  change: (offer: Offer) => Offer | undefined,
  cover: (next: Offer) => Promise<Covered> = async (next) => ({ offer: next }),
): Promise<{ changed: number }> {
  const changeOne = (id: OfferId) =>
    retryOnConflict(`offer ${id}`, async () => {
      // Read by key, because the list may lag behind the last write.
      const offer = await offers.get(id);
      const changed = offer && change(offer);
      if (!changed) return false;
      const next = await cover({ ...changed, version: offer.version + 1, updatedAt: clock.now() });
      return (await offers.save(next.offer, next.seen)) ?? true;
    });
  let changed = 0;
  let after: Position | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, next } = await offers.ofOwner(accountId, { limit: PAGE_LENGTH, ...(after && { after }) });
    for (const { id } of items.filter(change)) {
      if (await changeOne(id)) changed += 1;
      if (changed === MAX_CHANGED_AT_ONCE) return { changed };
    }
    if (!next) break;
    after = next;
  }
  return { changed };
}
