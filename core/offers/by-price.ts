import type { MinorUnits } from '../money/fiat.ts';
import type { Page, Position } from '../paging.ts';
import type { Offer, Side } from './offers.ts';
import type { RangePage } from './ports.ts';

const KINDS = ['fixed', 'market'] as const;
type Kind = (typeof KINDS)[number];

/** Where each range goes on; a range that has ended is absent. */
type Positions = Partial<Record<Kind, string>>;

/** A stretch of each range that has not ended. */
export type Stretches = Partial<Record<Kind, RangePage>>;

/** The best price for a taker: the lowest to buy at (a sell offer), the highest to sell at (a buy offer). */
const better = (side: Side, a: MinorUnits, b: MinorUnits) => (side === 'sell' ? a < b : a > b);

/**
 * Merges the next stretches of the fixed-price and the market-priced offers into one page, best first. Both are
 * ordered by themselves whatever the market does, so that a moving price rewrites nothing; only this order moves.
 * It stops where one range runs dry before its end: what comes there may be better than the rest of the other.
 */
export function mergeByPrice(
  side: Side,
  stretches: Stretches,
  priceOf: (offer: Offer) => MinorUnits,
  limit: number,
  from: Positions = {},
): Page<Offer> {
  const left = { fixed: [...(stretches.fixed?.items ?? [])], market: [...(stretches.market?.items ?? [])] };
  const reached: Positions = { ...from };
  const items: Offer[] = [];
  const dry = () => KINDS.some((kind) => left[kind].length === 0 && stretches[kind]?.next !== undefined);
  while (items.length < limit && !dry()) {
    const heads = KINDS.filter((kind) => left[kind].length > 0);
    const [first, second] = heads;
    if (!first) break;
    const best =
      second && better(side, priceOf(left[second][0]!.offer), priceOf(left[first][0]!.offer))
        ? second
        : first;
    const taken = left[best].shift()!;
    items.push(taken.offer);
    reached[best] = taken.position;
  }
  const next = nextPosition(stretches, left, reached);
  return next ? { items, next } : { items };
}

/** `fixed` and `market` are positions; `fixedEnded` and `marketEnded` say that nothing is left there. */
function nextPosition(
  stretches: Stretches,
  left: Record<Kind, unknown[]>,
  reached: Positions,
): Position | undefined {
  const position: Position = {};
  let ended = 0;
  for (const kind of KINDS) {
    const used = left[kind].length === 0;
    const more = used ? stretches[kind]?.next : reached[kind];
    if (used && more === undefined) {
      position[`${kind}Ended`] = 'yes';
      ended += 1;
    } else if (more !== undefined) position[kind] = more;
  }
  return ended === KINDS.length ? undefined : position;
}
