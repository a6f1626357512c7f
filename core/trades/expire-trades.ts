import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { Log } from '../log.ts';
import { forEachInPages } from '../paging.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Instant } from '../time.ts';
import { begunRun, type Outage, type Timer } from './outages.ts';
import type { TradePorts } from './ports.ts';
import { expire, moveWindow } from './rules.ts';
import type { Trade } from './trades.ts';

/** Upper bound of overdue trades that one run settles. The next run continues. */
const TRADES_A_RUN = 100;

type Ports = Pick<TradePorts, 'trades' | 'clock'> & { log: Pick<Log, 'warn'> };

/** `everyMs`: the interval of the schedule; absent if the timer is called by hand. */
type Run = { everyMs?: number };

/**
 * The timer: gives the held XMR of trades that were not paid in time back. If it has not run for too long, it first
 * gives the time of that outage back to all unpaid trades.
 *
 * If the process dies before the outage is stored, the next run finds the same outage.
 * If it dies after that, the next run continues with the same outage: trades that were moved are not moved again,
 * because each remembers until when it got time back, and no trade expires meanwhile.
 * If it dies after the outage is settled, or between two expiries, the next run expires the rest.
 *
 * @returns the number of expired trades
 * @throws the errors of single trades, after all others were tried
 */
export const expireTrades =
  (ports: Ports) =>
  async ({ everyMs }: Run = {}): Promise<number> => {
    const { trades, clock } = ports;
    const now = clock.now();
    const last = await trades.timer();
    const begun = begunRun(last, now, everyMs);
    // Another run has begun meanwhile, and does the same.
    if (begun && (await trades.setTimer(begun, last))) return 0;
    const { timer, failures } = await settled(ports, begun, now);
    const overdue = await trades.overdue(now, TRADES_A_RUN);
    let expired = 0;
    const others = await failuresOf(overdue.items, async (trade) => {
      // A trade that the outage did not reach gets its time back now.
      const late = timer?.outage && moveWindow(trade, timer.outage, now);
      const advanced = late ?? expire(trade, { now, timer });
      // The save is refused if another step came first. The next run finds a trade that is still overdue.
      if (advanced && !(await trades.save(advanced)) && !late) expired += 1;
    });
    // Without a schedule there is no next run that could be late.
    if (timer && everyMs === undefined) await trades.setTimer(undefined, timer);
    throwFailures([...failures, ...overdue.unreadable, ...others]);
    return expired;
  };

/** Gives the time of an outage back, if there is one that is not settled. */
async function settled(
  { trades, log }: Ports,
  timer: Timer | undefined,
  now: Instant,
): Promise<{ timer: Timer | undefined; failures: unknown[] }> {
  const outage = timer?.outage;
  if (!timer || !outage || outage.isSettled) return { timer, failures: [] };
  log.warn('the timer did not run', { from: outage.from, until: outage.until });
  const failures: unknown[] = [];
  await forEachInPages(
    (page) => trades.unpaid(page),
    async (trade) => {
      failures.push(...(await failuresOf([trade], (one) => giveBack(trades, one, outage, now))));
    },
  );
  const next = { ...timer, outage: { ...outage, isSettled: true } };
  const refused = await trades.setTimer(next, timer);
  return { timer: refused ? timer : next, failures };
}

/** Moves the window of one trade, unless it was paid, ended or moved meanwhile. */
async function giveBack(trades: Ports['trades'], read: Trade, outage: Outage, now: Instant): Promise<void> {
  let trade: Trade | undefined = read;
  await retryOnConflict(`trade ${read.id}`, async () => {
    const moved = trade && moveWindow(trade, outage, now);
    const refused = moved && (await trades.save(moved));
    if (refused) trade = await trades.get(read.id);
    return refused === 'changed_since' ? refused : undefined;
  });
}
