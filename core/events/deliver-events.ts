import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { Log } from '../log.ts';
import { asInstant, type Clock, SECOND_MS } from '../time.ts';
import { eventId, type StoredEvent } from './events.ts';
import type { Outbox, Subscriber } from './ports.ts';

export type DeliveryPorts = { outbox: Outbox; subscribers: readonly Subscriber[]; clock: Clock; log: Log };

/** Upper bound of events that one run delivers. The next run continues. */
const EVENTS_A_RUN = 100;
/** Minimum age of the events that the schedule delivers. The process that wrote an event delivers it earlier. */
const OWN_DELIVERY_MS = 10 * SECOND_MS;

/**
 * Delivers events right after the write that stored them. It never throws, because the effect is written already: an
 * event that cannot be delivered now stays stored for `deliverEvents`.
 *
 * If the process dies before `remove`, the schedule delivers the event a second time.
 */
export const deliverAtOnce =
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
 * Delivers on a schedule the events that the process that stored them did not deliver.
 *
 * @returns the number of events that were waiting
 * @throws the errors of single events, after all others were tried
 */
export const deliverEvents = (ports: DeliveryPorts) => async (): Promise<number> => {
  const before = asInstant(ports.clock.now() - OWN_DELIVERY_MS);
  const { items, unreadable } = await ports.outbox.pending(before, EVENTS_A_RUN);
  const failures = await failuresOf(items, (event) => deliver(event, ports));
  throwFailures([...unreadable, ...failures]);
  return items.length;
};

async function deliver(
  event: StoredEvent,
  { outbox, subscribers }: Pick<DeliveryPorts, 'outbox' | 'subscribers'>,
): Promise<void> {
  for (const subscriber of subscribers) await subscriber(event);
  await outbox.remove(event);
}
