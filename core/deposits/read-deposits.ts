import type { MoneroNode } from '../chain/node.ts';
import type { IncomingTransfer, WatchedWallet } from '../chain/wallet.ts';
import { failuresOf } from '../for-each-isolated.ts';
import type { AccountId, DepositId, Ids, TransferId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Rows } from '../rows.ts';
import type { Clock } from '../time.ts';
import { NodeUnavailable, WalletUnavailable } from '../unavailable.ts';
import { depositId } from './deposit-id.ts';
import type { Deposit, Seen } from './deposits.ts';
import type { Addresses, Deposits } from './ports.ts';
import { depositEvent, follow, type Sighting } from './transitions.ts';

export type ReadPorts = {
  wallet: WatchedWallet;
  node: MoneroNode;
  deposits: Deposits;
  addresses: Addresses;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/** The range of blocks to read. */
export type Reading = {
  /** The first block. */
  from: number;
  /** Exclusive end; if absent, the newest blocks and the pool are read. */
  to?: number;
  /** Number of blocks that both node and wallet have read. Transactions above are not judged. */
  height: number;
  /** The house's own address. Coins to it (mined ones, change) are no deposits. */
  houseAddress: string;
};

/** Upper bound of locked deposits that one round reads when they unlock; one bound by height, one by time. */
const UNLOCKING_AT_ONCE = 100;

/**
 * Errors of single deposits. `unadded`: errors of new deposits and of unreadable rows, which are found again only if
 * the same blocks are read again. `others`: errors of stored deposits, which the next rounds find again unless the
 * chain was reorganised.
 */
export type Failures = { unadded: unknown[]; others: unknown[] };

const NO_ROWS: Rows<Deposit> = { items: [], unreadable: [] };

/** Whether wallet or node is unavailable, so that every other deposit would fail as well. */
export const isChainUnavailable = (error: unknown) =>
  error instanceof WalletUnavailable || error instanceof NodeUnavailable;

/**
 * Updates the deposits from the transfers that the wallet reports for a range. A deposit that the wallet should report
 * and does not is looked up at the node, because only the node's answer may end it (see `lookUp`).
 *
 * Nothing is credited twice: a deposit's id is its transaction and subaddress, and the transaction that moves the money
 * requires the version that was read. A deposit that fails does not stop the others.
 *
 * @returns also the deposits that were not credited before, if the newest blocks are read
 * @throws WalletUnavailable, NodeUnavailable
 */
export async function readDeposits(
  reading: Reading,
  ports: ReadPorts,
): Promise<Failures & { open: readonly Deposit[] }> {
  const { height } = reading;
  const { reported, known, missing, unreadable, open } = await gather(reading, ports);
  const news = reported.filter(([id]) => !known.has(id));
  const changed = reported.filter(([id]) => known.has(id));
  return {
    unadded: [
      ...unreadable,
      ...(await failuresOf(news, ([, incoming]) => add(incoming, height, ports), isChainUnavailable)),
    ],
    others: [
      ...(await failuresOf(
        changed,
        ([id, incoming]) => advance(known.get(id)!, sightingOf(incoming), height, ports),
        isChainUnavailable,
      )),
      ...(await lookUpAll(missing, height, ports)),
    ],
    open,
  };
}

/**
 * Compares the wallet's transfers with the stored deposits of the same blocks.
 *
 * @returns `reported`: transfers, without those of credited deposits that did not change. `known`: the stored deposits
 *   among them. `missing`: stored deposits that the wallet should report and does not. `unreadable`: errors of rows.
 *   `open`: those that are not credited, if the newest blocks are read
 */
async function gather({ from, to, houseAddress }: Reading, { deposits, wallet }: ReadPorts) {
  const isNewest = to === undefined;
  const transfers = await wallet.incoming(isNewest ? { from } : { from, to });
  const reported = new Map(
    transfers
      .filter(({ address }) => address !== houseAddress)
      .map((incoming) => [depositId(incoming), incoming] as const),
  );
  const mined = await deposits.creditedIn({ from, to: to ?? Number.MAX_SAFE_INTEGER });
  const credited = new Map(mined.map(({ id, minedHeight }) => [id, minedHeight] as const));
  const listed = isNewest ? await deposits.open() : NO_ROWS;
  const open = new Map(listed.items.map((deposit) => [deposit.id, deposit]));
  const isUnchanged = (id: DepositId, { minedHeight }: IncomingTransfer) =>
    credited.has(id) && credited.get(id) === minedHeight;
  const unsettled = [...reported].filter(([id, incoming]) => !isUnchanged(id, incoming));
  const unread = unsettled.map(([id]) => id).filter((id) => !open.has(id));
  const read = await deposits.getMany(unread);
  const known = new Map([...open, ...read.items.map((deposit) => [deposit.id, deposit] as const)]);
  const missing = [...open.keys(), ...credited.keys()].filter((id) => !reported.has(id));
  const unreadable = [...listed.unreadable, ...read.unreadable];
  return { reported: unsettled, known, missing, unreadable, open: listed.items };
}

/** Looks up locked deposits that unlock now. They may lie far below the blocks that are read. @returns the errors */
export async function readUnlocking(height: number, ports: ReadPorts): Promise<unknown[]> {
  const by = { height, at: ports.clock.now() };
  return lookUpAll(await ports.deposits.unlocking(by, UNLOCKING_AT_ONCE), height, ports);
}

/** After a reorganisation: looks up locked deposits of the blocks that may have been replaced. @returns the errors */
export async function readLockedSince(from: number, height: number, ports: ReadPorts): Promise<unknown[]> {
  const locked = await ports.deposits.lockedSince(from);
  const ids = locked.map(({ id }) => id);
  return lookUpAll(ids, height, ports);
}

async function lookUpAll(ids: readonly DepositId[], height: number, ports: ReadPorts): Promise<unknown[]> {
  if (!ids.length) return [];
  const { items, unreadable } = await ports.deposits.getMany(ids);
  const failures = await failuresOf(items, (deposit) => lookUp(deposit, height, ports), isChainUnavailable);
  return [...unreadable, ...failures];
}

/**
 * Updates one deposit by its transaction. The wallet is asked first, because it knows the lock. If it does not know the
 * transaction, the node decides, because a wallet can forget: after a crash or a restore, or when a payment left the
 * pool and came back.
 */
async function lookUp(deposit: Deposit, height: number, ports: ReadPorts): Promise<void> {
  const { wallet, node, log } = ports;
  // The wallet has not read this block yet.
  if ('minedHeight' in deposit && deposit.minedHeight !== undefined && deposit.minedHeight >= height) return;
  const ofWallet = async () =>
    (await wallet.find(deposit.txid)).find((incoming) => depositId(incoming) === deposit.id);
  const incoming = await ofWallet();
  if (incoming) return advance(deposit, sightingOf(incoming), height, ports);
  const found = await node.find(deposit.txid);
  if (found.in === 'nowhere') return advance(deposit, { in: 'nowhere' }, height, ports);
  if (found.in === 'pool') return advance(deposit, { in: 'pool' }, height, ports);
  if (found.height >= height) return;
  log.warn('the wallet missed a deposit, which is scanned for again', { depositId: deposit.id });
  await wallet.scan([deposit.txid]);
  const scanned = await ofWallet();
  if (scanned) return advance(deposit, sightingOf(scanned), height, ports);
  log.error('the wallet does not find a deposit that is in the chain', { depositId: deposit.id });
}

/** Stores a new deposit. After an outage it may be deep enough to be credited at once. */
async function add(incoming: IncomingTransfer, height: number, ports: ReadPorts): Promise<void> {
  const owner = await ports.addresses.ownerOf(incoming.address);
  if (!owner) {
    ports.log.warn('coins came to an address that nobody was given', { txid: incoming.txid });
    return;
  }
  const deposit = begin(incoming, owner, ports);
  const seen = depositEvent('deposit_seen', deposit, deposit.seenAt);
  // Another round has stored it, or its row cannot be read. In both cases this round does not know its state.
  if (await ports.deposits.add(deposit, [seen])) return;
  await advance(deposit, sightingOf(incoming), height, ports);
}

const begin = (
  { txid, address, amountPiconero, minedHeight, unlockHeight, unlockAt, ...at }: IncomingTransfer,
  accountId: AccountId,
  { ids, clock }: Pick<ReadPorts, 'ids' | 'clock'>,
): Seen => ({
  id: depositId({ txid, ...at }),
  accountId,
  address,
  amountPiconero,
  txid,
  minedHeight,
  unlockHeight,
  unlockAt,
  state: 'seen',
  transferId: ids.next<TransferId>(),
  seenAt: clock.now(),
  version: 1,
});

const sightingOf = ({ minedHeight, locked, unlockHeight, unlockAt }: IncomingTransfer): Sighting =>
  minedHeight === undefined
    ? { in: 'pool', unlockHeight, unlockAt }
    : { in: 'block', minedHeight, isLocked: locked, unlockHeight, unlockAt };

/** Saves the next step of a deposit. If another round saved first, the next round continues from the saved version. */
async function advance(from: Deposit, sighting: Sighting, height: number, ports: ReadPorts): Promise<void> {
  const { deposits, clock, ids, log } = ports;
  const change = follow(from, sighting, { height, now: clock.now(), ids });
  if (!change) return;
  const refused = await deposits.save(change);
  const { state } = change.to;
  if (state !== from.state) log.info('deposit', { depositId: from.id, state: refused ?? state });
}
