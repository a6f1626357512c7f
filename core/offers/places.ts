import type { OfferId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Offer, Place, Price, Side } from './offers.ts';

/** Upper bound of earlier places that an offer keeps. A list that began before the oldest one leaves the offer out. */
const MAX_EARLIER_PLACES = 10;

/** Larger than every negative margin, so that no position has a sign. */
const MARGIN_OFFSET = 100_000n;

/** An offer's position in its range. Positions sort as text in the order of prices or margins. */
export function positionOf(price: Price, id: OfferId): string {
  const rank = price.kind === 'fixed' ? price.fiatPerXmr : BigInt(price.marginBp) + MARGIN_OFFSET;
  return `${rank.toString().padStart(20, '0')}#${id}`;
}

/** Whether position `a` comes after `b`. The lowest price is first for sell offers, the highest for buy offers. */
export const comesAfter = (side: Side, a: string, b: string) => (side === 'sell' ? a > b : a < b);

/** The time from which an offer has its present place; 0 if its price never changed. */
export const placedAt = ({ earlierPlaces = [] }: Pick<Offer, 'earlierPlaces'>): Instant =>
  earlierPlaces.at(-1)?.until ?? (0 as Instant);

const isSame = (a: Price, b: Price) =>
  positionOf(a, '' as OfferId) === positionOf(b, '' as OfferId) && a.kind === b.kind;

/** The earlier places of an offer after its price changes to `price`. */
export function earlierPlacesAfter(offer: Offer, price: Price, now: Instant): Place[] {
  const { earlierPlaces = [] } = offer;
  if (isSame(offer.price, price)) return earlierPlaces;
  const from = placedAt(offer);
  const until = Math.max(now, from + 1) as Instant;
  return [...earlierPlaces, { price: offer.price, from, until }].slice(-MAX_EARLIER_PLACES);
}

/** The price that determined an offer's place at time `at`; `undefined` if it is no longer known. */
export function priceAt(offer: Offer, at: Instant): Price | undefined {
  if (at >= placedAt(offer)) return offer.price;
  return offer.earlierPlaces?.find(({ from, until }) => from <= at && at < until)?.price;
}
