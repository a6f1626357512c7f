import { asPiconero, formatXmr, PICONERO_PER_XMR, type Piconero, parseXmr } from '#core/money/xmr.ts';
import { FAUCET_STOCK_PICONERO } from '#core/sandbox/stock-faucet.ts';

type MiningActions = {
  /** Runs watchDeposits, which counts the faucet's stock, and returns its result. */
  watch: () => Promise<unknown>;
  mine: (count: number) => Promise<unknown>;
  say: (line: string) => void;
};

/** Approximate block reward: 35 XMR on a young chain, and less later. */
const ABOUT_A_BLOCK_PICONERO = 35n * PICONERO_PER_XMR;
/** Upper bound of blocks between two counts of the stock. 60 blocks take about five seconds. */
const MOST_AT_ONCE = 60;

/**
 * Number of blocks until the faucet has its stock; 0 if the watcher could not count it.
 * @param watched the result of watchDeposits: `{result: {faucetXmr: "-12.5"}}`
 * @param atMost upper bound of the result, in blocks
 */
export function blocksMissing(watched: unknown, atMost: number): number {
  const { faucetXmr } = (watched as { result?: { faucetXmr?: string } } | undefined)?.result ?? {};
  if (faucetXmr === undefined) return 0;
  const short = FAUCET_STOCK_PICONERO - signedXmr(faucetXmr);
  if (short <= 0n) return 0;
  const blocks = Number((short + ABOUT_A_BLOCK_PICONERO - 1n) / ABOUT_A_BLOCK_PICONERO);
  return Math.min(blocks, atMost);
}

/** Mines at the start until the faucet has its stock, so that the wallet covers all balances. */
export async function mineAhead({ watch, mine, say }: MiningActions): Promise<void> {
  let mined = 0;
  let count = blocksMissing(await watch(), MOST_AT_ONCE);
  while (count > 0) {
    await mine(count);
    mined += count;
    const missing = blocksMissing(await watch(), MOST_AT_ONCE);
    // Each further round mines twice as many blocks or more, up to a limit, because rewards shrink on old chains.
    count = missing === 0 ? 0 : Math.min(Math.max(missing, count * 2), MOST_AT_ONCE);
  }
  if (mined) say(`faucet     ${formatXmr(FAUCET_STOCK_PICONERO)} XMR to give, ${mined} blocks mined for it`);
}

/** The stock is negative if the house owes more than its wallet holds. */
function signedXmr(text: string): Piconero {
  if (text === '0') return asPiconero(0n);
  const amount = parseXmr(text.replace('-', ''));
  if (typeof amount === 'string') throw new Error(`the faucet's stock is ${text}: ${amount}`);
  return text.startsWith('-') ? asPiconero(-amount) : amount;
}
