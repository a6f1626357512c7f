import type { AccountId, OfferId, PaymentAccountId } from '#core/ids.ts';
import { CURRENCIES } from '#core/money/fiat.ts';
import { needsCover } from '#core/offers/cover.ts';
import {
  type Cover,
  isListed,
  type NamedAccount,
  type Offer,
  type Place,
  type Price,
} from '#core/offers/offers.ts';
import { placedAt, positionOf } from '#core/offers/places.ts';
import { OFFER_STATES, PRICE_KINDS, SIDES } from '#core/offers/states.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { coverOrder, moveMarket, moveOrder, OPEN_OFFERS, priceRange, rateOrder } from './indexes.ts';
import { readerOf } from './items.ts';
import { offerKey } from './keys.ts';

/** Only listed offers are in the market's indexes, and only those that a balance lists or hides in `for-cover`. */
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
  const { cover } = offer;
  const decided = cover && {
    coverPk: offer.ownerId,
    coverSk: coverOrder(cover, id),
    ...(cover.marketFiatPerXmr !== undefined && {
      ratePk: currency,
      rateSk: rateOrder(cover.marketFiatPerXmr, id),
    }),
  };
  return {
    ...offerKey(id),
    ...offer,
    coverVersion: cover?.version ?? 0,
    ownerSk: id,
    ...(isListed(offer) && market),
    ...(needsCover(offer) && !offer.unlisted && decided),
  };
}

/** @throws if the item is no offer */
export function offerFromItem(item: Item): Offer {
  const read = readerOf(item);
  const terms = read.optional('terms', read.text);
  const paymentAccounts = read.optional('paymentAccounts', read.objects);
  const earlierPlaces = read.optional('earlierPlaces', read.objects);
  const cover = read.optional('cover', read.object);
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
    ...(read.isMarked('unlisted') && { unlisted: true as const }),
    ...(cover && { cover: coverIn(cover) }),
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

function coverIn(item: Item): Cover {
  const read = readerOf(item);
  const marketFiatPerXmr = read.optional('marketFiatPerXmr', read.minorUnits);
  return {
    isEnough: read.isMarked('isEnough'),
    neededPiconero: read.piconero('neededPiconero'),
    ...(marketFiatPerXmr !== undefined && { marketFiatPerXmr }),
    version: read.integer('version'),
  };
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
