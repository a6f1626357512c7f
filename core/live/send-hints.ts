import type { Log } from '../log.ts';
import { type Clock, later } from '../time.ts';
import { type AddressedHint, type HintJob, MARKET_HINT } from './hints.ts';
import type { Hint } from './kinds.ts';
import { MARKET_HINT_EVERY_MS, OPENING_MS } from './limits.ts';
import type { Connection, Connections, HintQueue, HintSender, MarketHints } from './ports.ts';

export type SendPorts = {
  connections: Connections;
  sender: HintSender;
  marketHints: MarketHints;
  hints: HintQueue;
  clock: Clock;
  log: Log;
};

/**
 * Sends the hints of one message to the connections of their accounts, or a hint about the market to all. A connection
 * that fails does not stop the others, and is not tried again, because its client polls and catches up.
 *
 * @returns the number of frames that were sent
 */
export const sendHints =
  (ports: SendPorts) =>
  async (job: HintJob): Promise<number> =>
    job.kind === 'market' ? tellAll(ports) : tellAccounts(ports, job.hints);

async function tellAccounts(ports: SendPorts, hints: readonly AddressedHint[]): Promise<number> {
  const byAccount = Map.groupBy(hints, ({ accountId }) => accountId);
  const sent = await Promise.all(
    [...byAccount].map(async ([accountId, addressed]) => {
      const open = await ports.connections.ofAccount(accountId, ports.clock.now());
      return tellEach(
        ports,
        open,
        addressed.map(({ hint }) => hint),
      );
    }),
  );
  return sum(sent);
}

/**
 * Sends at most one hint a second, and always one after the last change. Of the jobs that come too early, one is queued
 * again for the end of the second.
 */
async function tellAll(ports: SendPorts): Promise<number> {
  const { connections, marketHints, hints, clock } = ports;
  const claim = await marketHints.claim(clock.now(), MARKET_HINT_EVERY_MS);
  if (claim === 'later') await hints.send({ kind: 'market' }, MARKET_HINT_EVERY_MS);
  if (claim !== 'now') return 0;
  let sent = 0;
  let after: string | undefined;
  do {
    const page = await connections.page(clock.now(), after);
    sent += await tellEach(ports, page.items, [MARKET_HINT]);
    after = page.next;
  } while (after !== undefined);
  return sent;
}

const tellEach = async (ports: SendPorts, open: readonly Connection[], hints: readonly Hint[]) =>
  sum(await Promise.all(open.map((connection) => tell(ports, connection, hints))));

async function tell(
  { sender, connections, clock, log }: SendPorts,
  connection: Connection,
  hints: readonly Hint[],
): Promise<number> {
  const { connectionId, openedAt } = connection;
  try {
    const answers = await Promise.all(hints.map((hint) => sender.post(connectionId, hint)));
    const isGone = answers.includes('gone');
    // A connection that is still being opened is kept. Its client catches up once it is open.
    if (isGone && clock.now() > later(openedAt, OPENING_MS)) await connections.close(connection);
    return isGone ? 0 : hints.length;
  } catch (error) {
    log.warn('hint lost', { connectionId, error });
    return 0;
  }
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
