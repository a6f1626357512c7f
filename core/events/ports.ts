import type { Rows } from '../rows.ts';
import type { Instant } from '../time.ts';
import type { StoredEvent } from './events.ts';

/** Events that were stored with their effects and are not delivered yet. */
export interface Outbox {
  /** Events from before `before`, oldest first, at most `limit`. Strongly consistent. */
  pending(before: Instant, limit: number): Promise<Rows<StoredEvent>>;
  /** Forgets a delivered event. Does nothing if it is gone already. */
  remove(event: StoredEvent): Promise<void>;
}

/**
 * Takes an event. Events may be delivered several times and out of order, so subscribers compare `eventId` and
 * `version`.
 */
export type Subscriber = (event: StoredEvent) => Promise<void>;
