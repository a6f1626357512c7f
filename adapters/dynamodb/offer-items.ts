import type { Offer } from '#core/offers/offers.ts';
import type { Item } from './client.ts';
import { OPEN_OFFERS, priceRange, priceRank } from './indexes.ts';
import { entityOf } from './items.ts';
import { offerKey } from './keys.ts';

/** Only open offers are in the market's indexes. */
export function offerItem(offer: Offer): Item {
  const { side, currency, price, id } = offer;
  const market = {
    pricePk: priceRange({ side, currency, kind: price.kind }),
    priceSk: priceRank(price, id),
    newestPk: OPEN_OFFERS,
    newestSk: id,
  };
  return {
    ...offerKey(id),
    ...offer,
    ownerSk: id,
    ...(offer.state === 'open' && market),
  };
}

export function offerFromItem(item: Item): Offer {
  const offer = entityOf<Offer>(item, ['paymentWindowMinutes', 'version', 'createdAt', 'updatedAt']);
  const { price } = offer;
  return price.kind === 'market'
    ? { ...offer, price: { ...price, marginBp: Number(price.marginBp) } }
    : offer;
}
