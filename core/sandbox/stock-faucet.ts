import type { WatchedWallet } from '../chain/wallet.ts';
import { depositId } from '../deposits/deposit-id.ts';
import type { Deposits } from '../deposits/ports.ts';
import { throwFailures } from '../for-each-isolated.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Log } from '../log.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import type { Clock, Instant } from '../time.ts';
import { WalletUnavailable } from '../unavailable.ts';
import type { Faucet } from './ports.ts';

/** Stock that the sandbox mines for: 200 XMR more than the house owes. */
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
 * Counts the faucet's stock: the wallet's balance, locked coins included, less the deposits that are not credited, less
 * the balances of all users. Only new blocks add to it, so it is counted once per height, after the watcher has
 * credited deposits.
 *
 * The order of the reads makes every error conservative. The stock is read first, so that a draw during the count is
 * subtracted at least once. The users' balances are read before the wallet, so that a payout confirmed meanwhile still
 * counts as owed. A deposit credited since the count began counts as not credited.
 *
 * @param height number of blocks in the chain, as the watcher saw it
 * @returns the stock; `undefined` if the wallet does not answer
 */
export const stockFaucet =
  (ports: StockPorts) =>
  async (height: number): Promise<Piconero | undefined> => {
    try {
      return await count(height, ports);
    } catch (error) {
      if (!(error instanceof WalletUnavailable)) throw error;
      ports.log.warn('faucet not counted: wallet away', { error });
      return undefined;
    }
  };

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

/** Newest blocks whose transfers are read. The watcher has stored all deposits below. */
const TRANSFERS_OF_BLOCKS = 30;

/** Wallet coins that belong to no balance: deposits not credited when the count began, and payments of no account. */
async function uncredited(
  { houseAddress, height, begun }: { houseAddress: string; height: number; begun: Instant },
  { wallet, deposits }: StockPorts,
): Promise<bigint> {
  const reported = new Map(
    (await wallet.incoming({ from: Math.max(0, height - TRANSFERS_OF_BLOCKS) }))
      .filter(({ address }) => address !== houseAddress)
      .map((transfer) => [depositId(transfer), transfer.amountPiconero] as const),
  );
  const open = await deposits.open();
  const followed = [...open.items, ...(await deposits.lockedSince(0))].map(({ id }) => id);
  const ids = new Set([...reported.keys(), ...followed]);
  const read = await deposits.getMany([...ids]);
  // The amount of an unreadable deposit is unknown, and the faucet must not give it away.
  throwFailures([...open.unreadable, ...read.unreadable]);
  const known = new Map(read.items.map((deposit) => [deposit.id, deposit]));
  let sum = 0n;
  for (const id of ids) {
    const deposit = known.get(id);
    const isCredited = deposit?.state === 'credited' && deposit.creditedAt < begun;
    const isAwaited = deposit?.state === 'seen';
    if (!isCredited) sum += reported.get(id) ?? (isAwaited ? deposit.amountPiconero : 0n);
  }
  return sum;
}
