import type { Offer } from '#core/offers/offers.ts';
import type { OfferFilter, Offers } from '#core/offers/ports.ts';
import type { Page, PageRequest } from '#core/paging.ts';

const matches = (offer: Offer, { side, currency, method, amount }: OfferFilter) =>
  offer.state === 'open' &&
  (!side || offer.side === side) &&
  (!currency || offer.currency === currency) &&
  (!method || offer.methods.includes(method)) &&
  (!amount || (offer.minFiat <= amount && amount <= offer.maxFiat));

function pageOf(offers: Offer[], { after, limit }: PageRequest): Page<Offer> {
  const older = offers
    .filter(({ id }) => after === undefined || id < after.at!)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = older.slice(0, limit);
  return older.length > limit ? { items, next: { at: items.at(-1)!.id } } : { items };
}

function positionOf({ price, id }: Offer): string {
  const rank = price.kind === 'fixed' ? price.fiatPerXmr : BigInt(price.marginBp) + 100_000n;
  return `${rank.toString().padStart(20, '0')}#${id}`;
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
    ofOwner: async (ownerId, page) =>
      pageOf(
        all().filter((offer) => offer.ownerId === ownerId),
        page,
      ),
    newest: async (filter, page) =>
      pageOf(
        all().filter((offer) => matches(offer, filter)),
        page,
      ),
    async byPrice({ side, currency, kind }, filter, after, limit) {
      const dearestFirst = side === 'buy' ? -1 : 1;
      const items = all()
        .filter((offer) => matches(offer, { ...filter, side, currency }) && offer.price.kind === kind)
        .map((offer) => ({ offer, position: positionOf(offer) }))
        .sort((a, b) => (a.position < b.position ? -dearestFirst : dearestFirst))
        .filter(({ position }) => !after || (dearestFirst < 0 ? position < after : position > after));
      const kept = items.slice(0, limit);
      return items.length > limit ? { items: kept, next: kept.at(-1)!.position } : { items: kept };
    },
  };
}
