import type { Offer } from '#core/offers/offers.ts';
import { comesAfter, placedAt, positionOf } from '#core/offers/places.ts';
import type { Offers } from '#core/offers/ports.ts';
import { fits } from '#core/offers/rules.ts';
import type { Page, PageRequest } from '#core/paging.ts';

function pageOf(offers: Offer[], { after, limit }: PageRequest): Page<Offer> {
  const older = offers
    .filter(({ id }) => after === undefined || id < after.at!)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = older.slice(0, limit);
  return older.length > limit ? { items, next: { at: items.at(-1)!.id } } : { items };
}

export function memoryOffers(): Offers {
  const stored = new Map<string, Offer>();
  const all = () => [...stored.values()];
  return {
    get: async (id) => stored.get(id),
    async add(offer) {
      stored.set(offer.id, offer);
    },
    async save(next) {
      if (stored.get(next.id)?.version !== next.version - 1) return 'changed_since';
      stored.set(next.id, next);
      return undefined;
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
