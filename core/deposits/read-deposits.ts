import { eachAlone } from '../each-alone.ts';
import type { AccountId, Ids, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import { parseAddress } from '../monero/address.ts';
import type { Network } from '../monero/networks.ts';
import type { Clock } from '../time.ts';
import type { Log } from '../withdrawals/ports.ts';
import { CONFIRMATIONS_NEEDED } from './confirmations.ts';
import { depositId } from './deposit-id.ts';
import type { Deposit, IncomingTransfer } from './deposits.ts';
import type { Addresses, Deposits, WatchedWallet } from './ports.ts';

export type ReadPorts = {
  wallet: WatchedWallet;
  deposits: Deposits;
  addresses: Addresses;
  clock: Clock;
  ids: Ids;
  log: Log;
  network: Network;
};

/** Read again below what is settled: a block that was mined anew, a wallet that is behind the node. */
const REWATCH_BLOCKS = 20;
const POOL = { refillBelow: 25, full: 50 };

/**
 * Reads what came in and credits what is 10 blocks deep and unlocked. Nothing is credited twice: a deposit is known by
 * transaction and subaddress, and leaves `seen` in the transaction that moves the money. Nothing is missed: reading
 * begins at the oldest block that holds something not credited yet, and stays there while any of it fails.
 *
 * @param nodeHeight blocks in the chain
 * @param houseAddress the house's own, whose coins (mined, swept) are nobody's deposit
 * @throws WalletUnavailable
 */
export async function readDeposits(
  { nodeHeight, houseAddress }: { nodeHeight: number; houseAddress: string },
  ports: ReadPorts,
): Promise<void> {
  const from = await ports.deposits.watchedHeight();
  const { height: walletHeight, transfers } = await ports.wallet.incoming(from);
  // What the wallet has not read yet it cannot report, and what it has read beyond the node's chain is not sure.
  const height = Math.min(walletHeight, nodeHeight);
  let oldestOpen = height - REWATCH_BLOCKS;
  const payments = transfers.filter(({ address }) => address !== houseAddress);
  await eachAlone(payments, async (incoming) => {
    const open = await note(incoming, height, ports);
    if (open && incoming.minedHeight !== undefined) oldestOpen = Math.min(oldestOpen, incoming.minedHeight);
  });
  await ports.deposits.setWatchedHeight(Math.max(0, oldestOpen));
}

/** @returns whether it is somebody's and still to be credited */
async function note(incoming: IncomingTransfer, height: number, ports: ReadPorts): Promise<boolean> {
  const known = await ports.deposits.get(depositId(incoming));
  if (!known) {
    const owner = await ports.addresses.ownerOf(incoming.address);
    if (!owner) {
      ports.log.warn('coins came to an address that nobody was given', { txid: incoming.txid });
      return false;
    }
    const deposit = begin(incoming, owner, ports);
    await ports.deposits.add(deposit);
    return !(await advance(deposit, incoming, height, ports));
  }
  return known.state === 'seen' && !(await advance(known, incoming, height, ports));
}

const begin = (
  incoming: IncomingTransfer,
  accountId: AccountId,
  { ids, clock }: Pick<ReadPorts, 'ids' | 'clock'>,
): Deposit => ({
  id: depositId(incoming),
  accountId,
  address: incoming.address,
  amountPiconero: incoming.amountPiconero,
  txid: incoming.txid,
  ...(incoming.minedHeight !== undefined && { minedHeight: incoming.minedHeight }),
  state: 'seen',
  transferId: ids.next<TransferId>(),
  seenAt: clock.now(),
  version: 1,
});

/** @returns whether it is credited now */
async function advance(from: Deposit, incoming: IncomingTransfer, height: number, ports: ReadPorts) {
  const { minedHeight } = incoming;
  const deep = minedHeight !== undefined && height - minedHeight >= CONFIRMATIONS_NEEDED;
  const now = ports.clock.now();
  const to: Deposit = { ...from, minedHeight, version: from.version + 1 };
  if (!deep || incoming.locked) {
    if (minedHeight !== from.minedHeight) await ports.deposits.save({ from, to });
    return false;
  }
  const move = transfer({
    id: from.transferId,
    kind: 'deposit',
    debit: houseAccount('deposits'),
    credit: userAccount(from.accountId),
    amountPiconero: from.amountPiconero,
    createdAt: now,
    depositId: from.id,
  });
  const credited: Deposit = { ...to, state: 'credited', creditedAt: now };
  const refused = await ports.deposits.save({ from, to: credited, moves: [move] });
  ports.log.info('deposit', { depositId: from.id, state: refused ?? 'credited' });
  return !refused;
}

/**
 * Keeps enough unused addresses for the wallet function to hand out, and the house's own known as such.
 *
 * Dies between making and keeping them: the wallet has a few addresses that nobody is ever given.
 */
export async function fillAddressPool(
  houseAddress: string,
  { wallet, addresses, network }: ReadPorts,
): Promise<void> {
  if ((await addresses.ownerOf(houseAddress)) === undefined) await addresses.addHouse(houseAddress);
  const free = await addresses.countFree(POOL.full);
  if (free >= POOL.refillBelow) return;
  const made = await wallet.newSubaddresses(POOL.full - free);
  const usable = made.filter(({ address }) => typeof parseAddress(address, network) !== 'string');
  await addresses.addFree(usable);
}
