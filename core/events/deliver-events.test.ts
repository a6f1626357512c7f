import type { AccountId, TradeId } from '../ids.ts';
import { asInstant } from '../time.ts';
import { deliverAtOnce, deliverEvents } from './deliver-events.ts';
import { eventId, type StoredEvent } from './events.ts';

const event = (trade: string, at: number): StoredEvent => ({
  type: 'trade_started',
  tradeId: trade as TradeId,
  accountIds: ['buyer' as AccountId, 'seller' as AccountId],
  version: 1,
  at: asInstant(at),
  requestId: 'request',
});

/** An outbox with these events, at a time of 100 s. `delivered` are the ids that the subscriber got. */
function world(stored: readonly StoredEvent[], refuses: (event: StoredEvent) => boolean = () => false) {
  const waiting = [...stored];
  const delivered: string[] = [];
  const warnings: unknown[] = [];
  const ports = {
    outbox: {
      pending: async (before: number, limit: number) => ({
        items: waiting.filter(({ at }) => at < before).slice(0, limit),
        unreadable: [],
      }),
      remove: async (gone: StoredEvent) => void waiting.splice(waiting.indexOf(gone), 1),
    },
    subscribers: [
      async (got: StoredEvent) => {
        if (refuses(got)) throw new Error(`refused ${eventId(got)}`);
        delivered.push(eventId(got));
      },
    ],
    clock: { now: () => asInstant(100_000) },
    log: { info() {}, error() {}, warn: (_: string, ids: unknown) => void warnings.push(ids) },
  };
  return { ports, waiting, delivered, warnings };
}

const [first, second] = [event('a', 1_000), event('b', 2_000)];

test('removes an event once every subscriber has it', async () => {
  const { ports, waiting, delivered } = world([first, second]);
  await deliverAtOnce(ports)([first, second]);
  expect(delivered).toEqual(['a#1', 'b#1']);
  expect(waiting).toEqual([]);
});

test('keeps an event that a subscriber fails, delivers the others, and does not throw', async () => {
  const { ports, waiting, delivered, warnings } = world([first, second], ({ at }) => at === first.at);
  await deliverAtOnce(ports)([first, second]);
  expect(delivered).toEqual(['b#1']);
  expect(waiting).toEqual([first]);
  expect(warnings).toMatchObject([{ eventId: 'a#1' }]);
});

test('the schedule delivers events that wait, and leaves young ones to the process that wrote them', async () => {
  const young = event('c', 95_000);
  const { ports, waiting, delivered } = world([first, young]);
  expect(await deliverEvents(ports)()).toBe(1);
  expect(delivered).toEqual(['a#1']);
  expect(waiting).toEqual([young]);
});

test('the schedule delivers the other events before it reports the failed one', async () => {
  const { ports, waiting, delivered } = world([first, second], ({ at }) => at === first.at);
  await expect(deliverEvents(ports)()).rejects.toThrow('refused a#1');
  expect(delivered).toEqual(['b#1']);
  expect(waiting).toEqual([first]);
});
