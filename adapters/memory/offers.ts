import { type Balance, userAccount } from '#core/ledger/ledger.ts';
import { needsCover } from '#core/offers/cover.ts';
import type { Offer } from '#core/offers/offers.ts';
import { comesAfter, placedAt, positionOf } from '#core/offers/places.ts';
import type { Offers } from '#core/offers/ports.ts';
import { fits } from '#core/offers/rules.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { MemoryBooks } from './books.ts';

function pageOf(offers: Offer[], { after, limit }: PageRequest): Page<Offer> {
  const older = offers
    .filter(({ id }) => after === undefined || id < after.at!)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = older.slice(0, limit);
  return older.length > limit ? { items, next: { at: items.at(-1)!.id } } : { items };
}

export function memoryOffers({ balance }: Pick<MemoryBooks, 'balance'>): Offers {
  const stored = new Map<string, Offer>();
  const hasChanged = ({ ownerId }: Offer, seen: Balance | undefined) =>
    seen && balance(userAccount(ownerId)).availablePiconero !== seen.availablePiconero;
  /** Stores the next offer, if version and decision of its cover are those that were read. */
  const replace = (next: Offer, version: number, seen: Balance | undefined) => {
    const known = stored.get(next.id);
    const decided = (next.cover?.version ?? 0) - (seen ? 1 : 0);
    if (known?.version !== version || (known.cover?.version ?? 0) !== decided || hasChanged(next, seen))
      return 'changed_since' as const;
    stored.set(next.id, next);
    return undefined;
  };
  const forCover = () => all().filter((offer) => needsCover(offer) && !offer.unlisted);
  const all = () => [...stored.values()];
  return {
    get: async (id) => stored.get(id),
    async add(offer, seen) {
      if (hasChanged(offer, seen)) return 'changed_since';
      stored.set(offer.id, offer);
      return undefined;
    },
    save: async (next, seen) => replace(next, next.version - 1, seen),
    saveCover: async (next, seen) => replace(next, next.version, seen),
    async turningAt(ownerId, { low, high }) {
      const decided = forCover()
        .flatMap(({ id, ownerId, cover }) => (cover ? [{ id, ownerId, ...cover }] : []))
        .filter((offer) => offer.ownerId === ownerId)
        .sort((a, b) => (a.neededPiconero < b.neededPiconero ? -1 : 1));
      const listed = decided.filter(({ isEnough, neededPiconero }) => isEnough && neededPiconero >= low);
      const hidden = decided.filter(({ isEnough, neededPiconero }) => !isEnough && neededPiconero <= high);
      return [...listed, ...hidden].map(({ id }) => id);
    },
    async decidedOutside(currency, { low, high }, limit) {
      const decided = forCover()
        .flatMap(({ id, currency, cover }) =>
          cover?.marketFiatPerXmr === undefined ? [] : [{ id, currency, at: cover.marketFiatPerXmr }],
        )
        .filter((offer) => offer.currency === currency)
        .sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1));
      const below = decided.filter(({ at }) => at < low).slice(0, limit);
      const above = decided.filter(({ at }) => at > high).slice(0, limit);
      return [...below, ...above].map(({ id }) => id);
    },
    async remove(id) {
      stored.delete(id);
    },
    ofOwner: async (ownerId, page) =>
      pageOf(
        all().filter((offer) => offer.ownerId === ownerId),
        page,
      ),
    newest: async (filter, page) =>
      pageOf(
        all().filter((offer) => fits(offer, filter)),
        page,
      ),
    async byPrice({ side, currency, kind }, filter, after, limit) {
      const items = all()
        .filter((offer) => fits(offer, { ...filter, side, currency }) && offer.price.kind === kind)
        .map((offer) => ({ offer, position: positionOf(offer.price, offer.id) }))
        .sort((a, b) => (comesAfter(side, a.position, b.position) ? 1 : -1))
        .filter(({ position }) => !after || comesAfter(side, position, after));
      const kept = items.slice(0, limit);
      return items.length > limit ? { items: kept, next: kept.at(-1)!.position } : { items: kept };
    },
    movedSince: async (market, since, limit) =>
      all()
        .filter((offer) => fits(offer, market) && placedAt(offer) > since)
        .sort((a, b) => placedAt(a) - placedAt(b))
        .slice(0, limit),
  };
}
