import type { OfferId } from '../ids.ts';
import type { Position } from '../paging.ts';
import { asInstant, type Instant } from '../time.ts';
import type { Offer } from './offers.ts';
import { placedAt } from './places.ts';

/**
 * Time in milliseconds after which every reader sees a change of price. It covers the write, the lag of the index and
 * the clock difference of two machines.
 */
const VISIBLE_WITHIN_MS = 2_000;

/** Upper bound of recent moves that a cursor names. If there are more, the earlier ones count as seen. */
const MAX_SEEN_MOVES = 10;

/**
 * The order that a list by price began with. A move is a change of an offer's place. The first page saw every move made
 * more than VISIBLE_WITHIN_MS before it. Of the later moves it may have missed some, so the cursor names those that it
 * saw.
 */
export class Beginning {
  readonly #settledAt: Instant;
  readonly #seen: ReadonlyMap<string, Instant>;

  private constructor(settledAt: Instant, seen: ReadonlyMap<string, Instant>) {
    this.#settledAt = settledAt;
    this.#seen = seen;
  }

  /** Moves up to this time are visible to the first page. */
  static settledAt = (now: Instant): Instant => asInstant(now - VISIBLE_WITHIN_MS);

  /** @param seen offers as the first page read them; those that moved after `settledAt` are remembered */
  static at(settledAt: Instant, seen: readonly Offer[]): Beginning {
    const moves = new Map(seen.map((offer) => [offer.id, placedAt(offer)]));
    const recent = [...moves].filter(([, at]) => at > settledAt).sort(([, a], [, b]) => a - b);
    const earlier = recent.slice(0, -MAX_SEEN_MOVES).at(-1);
    return new Beginning(earlier?.[1] ?? settledAt, new Map(recent.slice(-MAX_SEEN_MOVES)));
  }

  /** The beginning in a cursor; `undefined` for a first page. */
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

  /** The list shows the place that the offer had at this time. */
  of({ id }: { id: OfferId }): Instant {
    return this.#seen.get(id) ?? this.#settledAt;
  }

  /** The fields of the cursor. */
  get position(): Position {
    const seen = [...this.#seen].map(([id, at]) => `${id}=${at}`).join(',');
    return { settledAt: String(this.#settledAt), ...(seen && { seen }) };
  }
}
