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

/** Ticks until stopped, one beat at a time; says a failure once, not at every beat. */
export function startTicker({ mine, everySeconds, look, say }: Beat): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastFailure = '';
  const beat = async () => {
    try {
      await mine?.();
      await look();
      lastFailure = '';
    } catch (error) {
      const { message } = error as Error;
      if (!stopped && message !== lastFailure) say(`After the last block: ${message}`);
      lastFailure = message;
    }
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
      await running;
    },
  };
}
