import type { OfferId } from '../ids.ts';
import type { Position } from '../paging.ts';
import { asInstant, type Instant } from '../time.ts';
import type { Offer } from './offers.ts';
import { placedAt } from './places.ts';

/**
 * A change of price becomes visible to readers within this time, in milliseconds: it covers the write, the lag of the
 * index and the difference between two machines' clocks.
 */
const VISIBLE_WITHIN_MS = 2_000;

/** As many recent moves fit into a cursor. Of more, the earlier ones count as visible. */
const MAX_SEEN_MOVES = 10;

/**
 * The order that a list by price began with. A move that was made more than VISIBLE_WITHIN_MS before the first page was
 * visible to it. Of a later one the clocks do not tell, so the position names those that the first page saw.
 */
export class Beginning {
  readonly #settledAt: Instant;
  readonly #seen: ReadonlyMap<string, Instant>;

  private constructor(settledAt: Instant, seen: ReadonlyMap<string, Instant>) {
    this.#settledAt = settledAt;
    this.#seen = seen;
  }

  /** The earliest move that the first page may not have seen comes after this. */
  static settledAt = (now: Instant): Instant => asInstant(now - VISIBLE_WITHIN_MS);

  /** @param seen offers as the first page read them, of which those count that moved after `settledAt` */
  static at(settledAt: Instant, seen: readonly Offer[]): Beginning {
    const moves = new Map(seen.map((offer) => [offer.id, placedAt(offer)]));
    const recent = [...moves].filter(([, at]) => at > settledAt).sort(([, a], [, b]) => a - b);
    const earlier = recent.slice(0, -MAX_SEEN_MOVES).at(-1);
    return new Beginning(earlier?.[1] ?? settledAt, new Map(recent.slice(-MAX_SEEN_MOVES)));
  }

  /** `undefined` for the position of a list's beginning. */
  static in({ settledAt, seen }: Position): Beginning | undefined {
    if (settledAt === undefined) return undefined;
    const moves = (seen?.split(',') ?? []).map((move): [string, Instant] => {
      const [id = '', at] = move.split('=');
      return [id, asInstant(Number(at))];
    });
    return new Beginning(asInstant(Number(settledAt)), new Map(moves));
  }

  get settledAt(): Instant {
    return this.#settledAt;
  }

  /** The time whose order counts for this offer. */
  of({ id }: { id: OfferId }): Instant {
    return this.#seen.get(id) ?? this.#settledAt;
  }

  /** What a position holds of it. */
  get position(): Position {
    const seen = [...this.#seen].map(([id, at]) => `${id}=${at}`).join(',');
    return { settledAt: String(this.#settledAt), ...(seen && { seen }) };
  }
}
