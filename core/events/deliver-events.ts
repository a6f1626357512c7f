import { forEachIsolated } from '../for-each-isolated.ts';
import type { Log } from '../log.ts';
import { asInstant, type Clock, SECOND_MS } from '../time.ts';
import { eventId, type StoredEvent } from './events.ts';
import type { Outbox, Subscriber } from './ports.ts';

export type DeliveryPorts = { outbox: Outbox; subscribers: readonly Subscriber[]; clock: Clock; log: Log };

/** Upper bound of events that one run delivers. The next run continues. */
const EVENTS_A_RUN = 100;
/** Younger events are left to the process that wrote them. */
const OWN_DELIVERY_MS = 10 * SECOND_MS;

/**
 * Delivers events at once after the write that stored them. It never throws, because the effect is written already: an
 * event that cannot be delivered now stays stored for `deliverPendingEvents`.
 *
 * Dies before `remove`: the event is delivered a second time by the schedule.
 */
export const deliverEvents =
  ({ log, ...ports }: DeliveryPorts) =>
  async (events: readonly StoredEvent[]): Promise<void> => {
    for (const event of events) {
      try {
        await deliver(event, ports);
      } catch (error) {
        log.warn('event waits', { eventId: eventId(event), error });
      }
    }
  };

/**
 * The schedule of the outbox: delivers events whose process died, or could not deliver them, after it stored them.
 *
 * @returns the number of events that were waiting
 * @throws the errors of single events, after all others were tried
 */
export const deliverPendingEvents = (ports: DeliveryPorts) => async (): Promise<number> => {
  const before = asInstant(ports.clock.now() - OWN_DELIVERY_MS);
  const events = await ports.outbox.pending(before, EVENTS_A_RUN);
  await forEachIsolated(events, (event) => deliver(event, ports));
  return events.length;
};

async function deliver(
  event: StoredEvent,
  { outbox, subscribers }: Pick<DeliveryPorts, 'outbox' | 'subscribers'>,
): Promise<void> {
  for (const subscriber of subscribers) await subscriber(event);
  await outbox.remove(event);
}
