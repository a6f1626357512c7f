import type { AccountId, OfferId, PaymentAccountId } from '#core/ids.ts';
import { CURRENCIES } from '#core/money/fiat.ts';
import type { NamedAccount, Offer, Place, Price } from '#core/offers/offers.ts';
import { placedAt, positionOf } from '#core/offers/places.ts';
import { OFFER_STATES, PRICE_KINDS, SIDES } from '#core/offers/states.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { moveMarket, moveOrder, OPEN_OFFERS, priceRange } from './indexes.ts';
import { readerOf } from './items.ts';
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

/** @throws if the item is no offer */
export function offerFromItem(item: Item): Offer {
  const read = readerOf(item);
  const terms = read.optional('terms', read.text);
  const paymentAccounts = read.optional('paymentAccounts', read.objects);
  const earlierPlaces = read.optional('earlierPlaces', read.objects);
  return {
    id: read.text<OfferId>('id'),
    ownerId: read.text<AccountId>('ownerId'),
    side: read.oneOf('side', SIDES),
    currency: read.oneOf('currency', CURRENCIES),
    price: priceOf(read.object('price')),
    minFiat: read.minorUnits('minFiat'),
    maxFiat: read.minorUnits('maxFiat'),
    methods: read.texts('methods'),
    ...(paymentAccounts && { paymentAccounts: paymentAccounts.map(namedAccountOf) }),
    ...(terms !== undefined && { terms }),
    paymentWindowMinutes: read.integer('paymentWindowMinutes'),
    state: read.oneOf('state', OFFER_STATES),
    ...(read.isMarked('pausedTogether') && { pausedTogether: true as const }),
    ...(earlierPlaces && { earlierPlaces: earlierPlaces.map(placeOf) }),
    version: read.integer('version'),
    createdAt: read.integer<Instant>('createdAt'),
    updatedAt: read.integer<Instant>('updatedAt'),
  };
}

function namedAccountOf(item: Item): NamedAccount {
  const read = readerOf(item);
  return { method: read.text('method'), id: read.text<PaymentAccountId>('id') };
}

function placeOf(item: Item): Place {
  const read = readerOf(item);
  return {
    price: priceOf(read.object('price')),
    from: read.integer<Instant>('from'),
    until: read.integer<Instant>('until'),
  };
}

function priceOf(item: Item): Price {
  const read = readerOf(item);
  const kind = read.oneOf('kind', PRICE_KINDS);
  return kind === 'fixed'
    ? { kind, fiatPerXmr: read.minorUnits('fiatPerXmr') }
    : { kind, marginBp: read.integer('marginBp') };
}
