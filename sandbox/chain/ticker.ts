import { setTimeout as sleep } from 'node:timers/promises';

/** The blocks and function runs that happen by themselves while the sandbox runs. */
export type Ticker = { stop: () => Promise<void> };

type TickerActions = {
  mine?: () => Promise<unknown>;
  everySeconds: number;
  runSchedules: () => Promise<unknown>;
  say: (line: string) => void;
};

/** Upper bound of a wait for mining, so that a hanging node does not keep the functions from reporting it. */
const MINING_TIMEOUT_MS = 5_000;

/** Ticks until stopped, one tick at a time. Reports a failure once, not at every tick. */
export function startTicker({ mine, everySeconds, runSchedules, say }: TickerActions): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastFailure = '';
  const tick = async () => {
    const mining = await failureOf(mine, MINING_TIMEOUT_MS);
    const failures = [mining, await failureOf(runSchedules)].filter(Boolean).join('\n');
    if (failures && !stopped && failures !== lastFailure) say(`After the last block: ${failures}`);
    lastFailure = failures;
  };
  const next = () => {
    if (!stopped) timer = setTimeout(() => (running = tick().then(next)), everySeconds * 1000);
  };
  let running: Promise<void> = Promise.resolve();
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      // The wait has an upper bound. A call that hangs ends when the parts are stopped afterwards.
      await Promise.race([running, sleep(MINING_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

async function failureOf(work: (() => Promise<unknown>) | undefined, timeoutMs?: number): Promise<string> {
  const failing = Promise.resolve(work?.()).then(
    () => '',
    ({ message }: Error) => message,
  );
  if (!timeoutMs) return failing;
  return Promise.race([failing, sleep(timeoutMs, 'No block could be mined yet.', { ref: false })]);
}
