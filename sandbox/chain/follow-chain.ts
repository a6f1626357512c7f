import type { Sandbox, SandboxOptions } from '../options.ts';
import { blocksMissing } from './mine-ahead.ts';
import { startTicker, type Ticker } from './ticker.ts';

/**
 * The functions that a deploy runs every minute or every hour. The sandbox runs them after each block, so that the user sees the
 * effect.
 */
export const SCHEDULED_FUNCTIONS = [
  'watchDeposits',
  'followWithdrawals',
  'expireTrades',
  'freeHolds',
  'erasePaymentDetails',
  'deliverEvents',
  'followMarket',
  'finishDeletions',
  'updateRates',
  'eraseTalks',
] as const;

/**
 * Upper bound of blocks per tick. At a tenth of a second each, more would delay the functions that follow the chain.
 */
const MAX_BLOCKS_PER_TICK = 20;

type ChainActions = Pick<Sandbox, 'mine' | 'invoke'> & {
  /** Opens the house wallet again after its wallet-rpc was restarted. */
  keepOpen: (() => Promise<void>) | undefined;
};

/** Mines blocks and runs the scheduled functions at the options' intervals; `undefined` where both are off. */
export function startFollowingChain(
  options: SandboxOptions,
  { mine, invoke, keepOpen }: ChainActions,
): Ticker | undefined {
  const { mineEverySeconds = 0, runSchedulesEverySeconds = 0, say = () => {} } = options;
  const everySeconds = mineEverySeconds || runSchedulesEverySeconds;
  if (!everySeconds) return undefined;
  // The next round of functions counts the coins of these blocks.
  const mineForFaucet = async (watchResult: unknown) => {
    const missing = blocksMissing(watchResult, MAX_BLOCKS_PER_TICK);
    if (missing > 0) await mine(missing);
  };
  const runSchedules = async () => {
    const failures: string[] = [];
    const failed = ({ message }: Error) => failures.push(message);
    await keepOpen?.().catch(failed);
    for (const name of SCHEDULED_FUNCTIONS) {
      const result = await invoke(name, { everySeconds }).catch(failed);
      if (name === 'watchDeposits' && mineEverySeconds) await mineForFaucet(result).catch(failed);
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  };
  return startTicker({
    mine: mineEverySeconds ? () => mine(1) : undefined,
    everySeconds,
    runSchedules,
    say,
  });
}
