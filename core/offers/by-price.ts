import type { MinorUnits } from '../money/fiat.ts';
import type { Page, Position } from '../paging.ts';
import type { Beginning } from './beginning.ts';
import type { Offer, Price, Side } from './offers.ts';
import { comesAfter, placedAt, positionOf, priceAt } from './places.ts';
import type { RangePage } from './ports.ts';
import { PRICE_KINDS } from './states.ts';

type Kind = (typeof PRICE_KINDS)[number];

/** The position at which each range continues. A range that has ended is absent. */
type Positions = Partial<Record<Kind, string>>;

/** An offer at its present or an earlier place. `price` is its price at that place. */
type Placed = { offer: Offer; position: string; price: Price };
type Stretch = { items: Placed[]; next?: string };

/** The next offers of each range that has not ended. A stretch is the part of a range that was read at once. */
export type Stretches = Partial<Record<Kind, Stretch>>;

type Range = { side: Side; kind: Kind; after: string | undefined };

/**
 * A stretch of a range, in the order that the list began with. An offer that moved since then keeps its earlier place,
 * so that no page repeats or misses it.
 *
 * @param moved open offers that may have moved since the list began, read after the stretch
 */
export function asOf(
  beginning: Beginning,
  { side, kind, after }: Range,
  { items, next }: RangePage,
  moved: readonly Offer[],
): Stretch {
  const stayed = items.filter(({ offer }) => placedAt(offer) <= beginning.of(offer));
  const placed = new Map<string, Placed>(
    stayed.map((item) => [item.offer.id, { ...item, price: item.offer.price }]),
  );
  for (const offer of moved) {
    const price = priceAt(offer, beginning.of(offer));
    if (price?.kind !== kind) continue;
    const position = positionOf(price, offer.id);
    const isHere =
      (after === undefined || comesAfter(side, position, after)) &&
      (next === undefined || !comesAfter(side, position, next));
    if (isHere) placed.set(offer.id, { offer, position, price });
  }
  const ordered = [...placed.values()].sort((a, b) => (comesAfter(side, a.position, b.position) ? 1 : -1));
  return { items: ordered, ...(next !== undefined && { next }) };
}

/** The best price for a taker: the lowest to buy at (a sell offer), the highest to sell at (a buy offer). */
const better = (side: Side, a: MinorUnits, b: MinorUnits) => (side === 'sell' ? a < b : a > b);

/**
 * Merges the next stretches of the fixed-price and the market-priced offers into one page, best first. Each range keeps
 * its order when the market moves, so that a new market price rewrites nothing. The merge stops when the stretch of one
 * range is used up before the range ends, because its next offer may be better than the rest of the other.
 */
export function mergeByPrice(
  side: Side,
  stretches: Stretches,
  priceOf: (price: Price) => MinorUnits,
  limit: number,
  from: Positions = {},
): Page<Offer> {
  const left = { fixed: [...(stretches.fixed?.items ?? [])], market: [...(stretches.market?.items ?? [])] };
  const reached: Positions = { ...from };
  const items: Offer[] = [];
  const dry = () =>
    PRICE_KINDS.some((kind) => left[kind].length === 0 && stretches[kind]?.next !== undefined);
  while (items.length < limit && !dry()) {
    const heads = PRICE_KINDS.filter((kind) => left[kind].length > 0);
    const [first, second] = heads;
    if (!first) break;
    const best =
      second && better(side, priceOf(left[second][0]!.price), priceOf(left[first][0]!.price))
        ? second
        : first;
    const taken = left[best].shift()!;
    // An offer whose kind of price changed between the two reads is in both ranges.
    if (!items.some(({ id }) => id === taken.offer.id)) items.push(taken.offer);
    reached[best] = taken.position;
  }
  const next = nextPosition(stretches, left, reached);
  return next ? { items, next } : { items };
}

/** `fixed` and `market` are positions. `fixedEnded` and `marketEnded` mark ranges that have ended. */
function nextPosition(
  stretches: Stretches,
  left: Record<Kind, unknown[]>,
  reached: Positions,
): Position | undefined {
  const position: Position = {};
  let ended = 0;
  for (const kind of PRICE_KINDS) {
    const used = left[kind].length === 0;
    const more = used ? stretches[kind]?.next : reached[kind];
    if (used && more === undefined) {
      position[`${kind}Ended`] = 'yes';
      ended += 1;
    } else if (more !== undefined) position[kind] = more;
  }
  return ended === PRICE_KINDS.length ? undefined : position;
}
