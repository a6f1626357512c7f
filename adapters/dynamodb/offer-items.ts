import type { Offer, Price } from '#core/offers/offers.ts';
import { placedAt, positionOf } from '#core/offers/places.ts';
import { asInstant } from '#core/time.ts';
import type { Item } from './client.ts';
import { moveMarket, moveOrder, OPEN_OFFERS, priceRange } from './indexes.ts';
import { entityOf } from './items.ts';
import { offerKey } from './keys.ts';

/** Only open offers are in the market's indexes. */
export function offerItem(offer: Offer): Item {
  const { side, currency, price, id } = offer;
  const market = {
    pricePk: priceRange({ side, currency, kind: price.kind }),
    priceSk: positionOf(price, id),
    newestPk: OPEN_OFFERS,
    newestSk: id,
    ...(offer.earlierPlaces && {
      movePk: moveMarket(offer),
      moveSk: moveOrder(placedAt(offer), id),
    }),
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
  const { earlierPlaces } = offer;
  return {
    ...offer,
    price: priceFrom(offer.price),
    ...(earlierPlaces && {
      earlierPlaces: earlierPlaces.map(({ price, from, until }) => ({
        price: priceFrom(price),
        from: asInstant(Number(from)),
        until: asInstant(Number(until)),
      })),
    }),
  };
}

/** A margin is read as a bigint, like every number of an item. */
const priceFrom = (price: Price): Price =>
  price.kind === 'market' ? { ...price, marginBp: Number(price.marginBp) } : price;
