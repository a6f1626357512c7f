import type { OfferId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Offer, Place, Price, Side } from './offers.ts';

/** A list that began more price changes of one offer ago than this no longer shows that offer. */
const MAX_EARLIER_PLACES = 10;

/** Beyond every margin downwards, so that no position holds a sign. */
const MARGIN_OFFSET = 100_000n;

/** Where an offer stands in its range. Positions sort as text the way prices and margins do. */
export function positionOf(price: Price, id: OfferId): string {
  const rank = price.kind === 'fixed' ? price.fiatPerXmr : BigInt(price.marginBp) + MARGIN_OFFSET;
  return `${rank.toString().padStart(20, '0')}#${id}`;
}

/** Whether position `a` comes after `b`: the cheapest is first where XMR is sold, the dearest where it is bought. */
export const comesAfter = (side: Side, a: string, b: string) => (side === 'sell' ? a > b : a < b);

/** Since when an offer has its place; 0 for one whose price never changed. */
export const placedAt = ({ earlierPlaces = [] }: Pick<Offer, 'earlierPlaces'>): Instant =>
  earlierPlaces.at(-1)?.until ?? (0 as Instant);

const isSame = (a: Price, b: Price) =>
  positionOf(a, '' as OfferId) === positionOf(b, '' as OfferId) && a.kind === b.kind;

/** The earlier places of an offer after its price has become `price`. */
export function earlierPlacesAfter(offer: Offer, price: Price, now: Instant): Place[] {
  const { earlierPlaces = [] } = offer;
  if (isSame(offer.price, price)) return earlierPlaces;
  const from = placedAt(offer);
  const until = Math.max(now, from + 1) as Instant;
  return [...earlierPlaces, { price: offer.price, from, until }].slice(-MAX_EARLIER_PLACES);
}

/** The price by which an offer was placed at `at`; `undefined` where it is no longer known. */
export function priceAt(offer: Offer, at: Instant): Price | undefined {
  if (at >= placedAt(offer)) return offer.price;
  return offer.earlierPlaces?.find(({ from, until }) => from <= at && at < until)?.price;
}
