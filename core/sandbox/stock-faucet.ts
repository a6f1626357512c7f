import { depositId } from '../deposits/deposit-id.ts';
import type { Deposits, WatchedWallet } from '../deposits/ports.ts';
import type { Ledger } from '../ledger/ports.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import type { Clock, Instant } from '../time.ts';
import { type Log, WalletUnavailable } from '../withdrawals/ports.ts';
import type { Faucet } from './ports.ts';

/** What the faucet should be able to give: 200 XMR beyond what the house owes. The sandbox mines until it is there. */
export const FAUCET_STOCK_PICONERO = asPiconero(200n * PICONERO_PER_XMR);

export type StockPorts = {
  faucet: Pick<Faucet, 'stock' | 'restock'>;
  ledger: Pick<Ledger, 'owed'>;
  wallet: Pick<WatchedWallet, 'status' | 'incoming'>;
  deposits: Pick<Deposits, 'getMany' | 'open' | 'lockedSince'>;
  clock: Clock;
  log: Log;
};

/**
 * Counts what the faucet may give: the coins of the house wallet, locked ones too, without those of deposits that
 * are still to be credited, less what all users are owed. Only new blocks bring more, so it counts once for each
 * height, after the watcher has credited what is deep enough.
 *
 * The order of the questions makes every mistake one on the safe side. The stock is read first, so that a draw during
 * the count is in it and, at worst, in what is owed as well. What is owed is read before the wallet, so that a payout
 * confirmed meanwhile counts as owed, and is not taken for coins of the house. A deposit credited since the count began
 * is taken for one that is not credited.
 *
 * @param height blocks in the chain, as the watcher saw it
 * @returns what the faucet may give now; `undefined` when the wallet does not answer
 */
export async function stockFaucet(height: number, ports: StockPorts): Promise<Piconero | undefined> {
  try {
    return await count(height, ports);
  } catch (error) {
    if (!(error instanceof WalletUnavailable)) throw error;
    ports.log.warn('faucet not counted: wallet away', { error });
    return undefined;
  }
}

async function count(height: number, ports: StockPorts): Promise<Piconero> {
  const { faucet, ledger, wallet, clock } = ports;
  const begun = clock.now();
  const from = await faucet.stock();
  if (from.height === height) return from.leftPiconero;
  const owed = await ledger.owed();
  const { balancePiconero, primaryAddress } = await wallet.status();
  const spoken = await uncredited({ houseAddress: primaryAddress, height, begun }, ports);
  const left = asPiconero(balancePiconero - spoken - owed);
  const refused = await faucet.restock({ from, change: asPiconero(left - from.leftPiconero), height });
  return refused ? (await faucet.stock()).leftPiconero : left;
}

/** Blocks from here to the newest one are asked for again: the watcher has noted everything below. */
const WINDOW_BLOCKS = 30;

/** What lies in the wallet and belongs to deposits that were not credited when the count began, or to nobody. */
async function uncredited(
  { houseAddress, height, begun }: { houseAddress: string; height: number; begun: Instant },
  { wallet, deposits }: StockPorts,
): Promise<bigint> {
  const reported = new Map(
    (await wallet.incoming({ from: Math.max(0, height - WINDOW_BLOCKS) }))
      .filter(({ address }) => address !== houseAddress)
      .map((transfer) => [depositId(transfer), transfer.amountPiconero] as const),
  );
  const followed = [...(await deposits.open()), ...(await deposits.lockedSince(0))].map(({ id }) => id);
  const ids = new Set([...reported.keys(), ...followed]);
  const known = new Map((await deposits.getMany([...ids])).map((deposit) => [deposit.id, deposit]));
  let sum = 0n;
  for (const id of ids) {
    const deposit = known.get(id);
    const isCredited = deposit?.state === 'credited' && deposit.creditedAt! < begun;
    const isAwaited = deposit?.state === 'seen';
    if (!isCredited) sum += reported.get(id) ?? (isAwaited ? deposit.amountPiconero : 0n);
  }
  return sum;
}
