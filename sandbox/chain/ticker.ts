import { setTimeout as sleep } from 'node:timers/promises';

/** What happens by itself while the sandbox runs: a block, then the functions that look at the chain. */
export type Ticker = { stop: () => Promise<void> };

/** The functions that a deploy calls every minute; here they follow each block, so that one can watch. */
export const scheduledFunctions = ['watchDeposits', 'followWithdrawals', 'expireTrades'] as const;

type Beat = {
  mine?: () => Promise<unknown>;
  everySeconds: number;
  look: () => Promise<unknown>;
  say: (line: string) => void;
};

/** A node that hangs must not keep the functions from telling that it does. */
const patienceMs = 5_000;

/** Ticks until stopped, one beat at a time; says a failure once, not at every beat. */
export function startTicker({ mine, everySeconds, look, say }: Beat): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastFailure = '';
  const beat = async () => {
    const failures = [await failureOf(mine, patienceMs), await failureOf(look)].filter(Boolean).join('\n');
    if (failures && !stopped && failures !== lastFailure) say(`After the last block: ${failures}`);
    lastFailure = failures;
  };
  const next = () => {
    if (!stopped) timer = setTimeout(() => (running = beat().then(next)), everySeconds * 1000);
  };
  let running: Promise<void> = Promise.resolve();
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      // What hangs ends with the parts themselves, which are stopped next.
      await Promise.race([running, sleep(patienceMs, undefined, { ref: false })]);
    },
  };
}

async function failureOf(work: (() => Promise<unknown>) | undefined, withinMs?: number): Promise<string> {
  const failing = Promise.resolve(work?.()).then(
    () => '',
    ({ message }: Error) => message,
  );
  if (!withinMs) return failing;
  return Promise.race([failing, sleep(withinMs, 'No block could be mined yet.', { ref: false })]);
}
