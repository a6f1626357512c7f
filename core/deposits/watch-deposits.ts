import { coinSums } from '../chain/coin-sums.ts';
import type { Heartbeat, Heartbeats } from '../chain/heartbeat.ts';
import { type ChainComparison, compareChain, rememberChain } from '../chain/identity.ts';
import { networkMismatch } from '../chain/network-mismatch.ts';
import type { Network } from '../chain/networks.ts';
import type { NodeStatus } from '../chain/node.ts';
import type { WalletStatus } from '../chain/wallet.ts';
import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import { jobsOf } from '../live/hints.ts';
import type { HintQueue } from '../live/ports.ts';
import { asPiconero } from '../money/xmr.ts';
import { MINUTE_MS } from '../time.ts';
import { NodeUnavailable } from '../unavailable.ts';
import { fillAddressPool, hasForgotten } from './address-pool.ts';
import type { Deposit } from './deposits.ts';
import { WINDOW_BLOCKS } from './limits.ts';
import type { WatchState, WatchStates } from './ports.ts';
import {
  isChainUnavailable,
  type ReadPorts,
  readDeposits,
  readLockedSince,
  readUnlocking,
} from './read-deposits.ts';

export type WatchPorts = ReadPorts & {
  states: WatchStates;
  heartbeats: Heartbeats;
  hints: HintQueue;
  network: Network;
};

const HISTORY_EVERY_MS = 10 * MINUTE_MS;
/** The history check reads this many blocks at a time, about three days of a public chain. */
const HISTORY_BLOCKS = 2_000;
/** Blocks that one round searches for payments to forgotten subaddresses. */
const RESCAN_BLOCKS = 20;
const UNCONFIRMED_AT_ONCE = 20;

/**
 * One round of the watcher: asks node and wallet, writes the heartbeat, fills the pool of addresses, and updates the
 * deposits. An unavailable node or wallet is reported in the heartbeat and not thrown.
 *
 * The heartbeat is written after both have answered or failed, so that it never says `ok` of one that hangs. It is
 * written before deposits are updated, so that a failing deposit does not make the node look down. A round that hangs
 * writes no heartbeat. Once the last one is too old, /healthz reports node and wallet as `down`.
 */
export const watchDeposits = (ports: WatchPorts) => async (): Promise<Heartbeat> => {
  const last = await ports.heartbeats.read();
  const remembered = (await ports.states.read()) ?? beforeTheFirst(ports);
  const node = await checkNode(remembered, ports);
  const nodeSeenAt = node ? ports.clock.now() : last?.nodeSeenAt;
  const checked = await unlessUnavailable(ports, () => checkWallet(remembered, ports));
  const now = ports.clock.now();
  const heartbeat: Heartbeat = {
    at: now,
    node: node ? 'ok' : 'down',
    wallet: checked ? 'ok' : 'down',
    nodeSeenAt,
    walletSeenAt: checked ? now : last?.walletSeenAt,
    height: node?.status.height ?? last?.height ?? 0,
    houseAddress: checked?.wallet.primaryAddress ?? last?.houseAddress,
    walletPiconero: checked?.wallet.balancePiconero ?? last?.walletPiconero,
    feePerBytePiconero: node?.status.feePerBytePiconero ?? last?.feePerBytePiconero ?? asPiconero(0n),
    walletInterfaceVersion: checked?.wallet.interfaceVersion ?? last?.walletInterfaceVersion,
    coinSums: checked ? coinSums(checked.wallet.coinsPiconero) : last?.coinSums,
  };
  await ports.heartbeats.write(heartbeat);
  if (checked) {
    await unlessUnavailable(ports, async () => {
      await fillAddressPool(checked.wallet.primaryAddress, ports);
      // Without a valid node no deposit changes, because the wallet's depths come from its node.
      if (node) await read({ ...checked, ...node }, ports);
    });
  }
  return heartbeat;
};

const beforeTheFirst = ({ clock }: WatchPorts): WatchState => ({
  height: 0,
  anchors: [],
  historyStart: 0,
  historyHeight: 0,
  historyAt: clock.now(),
  version: 0,
});

type CheckedNode = { status: NodeStatus; chain: Exclude<ChainComparison, { is: 'behind' | 'other' }> };

/**
 * The node's status and chain; `undefined` if the node is unavailable, is behind the blocks that were read, or is of
 * another network or chain. Such a node ends no deposit.
 */
async function checkNode(state: WatchState, ports: WatchPorts): Promise<CheckedNode | undefined> {
  const { node, network, log } = ports;
  try {
    const status = await node.status();
    if (status.network !== network) {
      log.error('the node is of another network', { node: status.network, expected: network });
      return undefined;
    }
    const chain = await compareChain(state, node.blockHash);
    if (chain.is === 'other') {
      log.error('the node is of another chain', {
        height: chain.at.height,
        found: chain.found,
        expected: chain.at.hash,
      });
      return undefined;
    }
    if (chain.is === 'behind') {
      log.error('the node is behind the chain that was read', {
        height: status.height,
        read: chain.remembered + 1,
      });
      return undefined;
    }
    return { status, chain };
  } catch (error) {
    if (!(error instanceof NodeUnavailable)) throw error;
    log.warn('node away', { error });
    return undefined;
  }
}

type CheckedWallet = {
  wallet: WalletStatus;
  state: WatchState;
  /** How many subaddresses the wallet must know. */
  subaddresses: number | undefined;
};

/**
 * The wallet's status, after it knows every subaddress that was handed out; `undefined` if it is of another network.
 * @throws WalletUnavailable
 */
async function checkWallet(remembered: WatchState, ports: WatchPorts): Promise<CheckedWallet | undefined> {
  const { network, log } = ports;
  const subaddresses = await ports.addresses.count();
  // Before the wallet reads new blocks: it sees no payment to a subaddress that it does not know.
  const state = await recreateSubaddresses(remembered, subaddresses, ports);
  const wallet = await ports.wallet.status();
  if (!networkMismatch(network, { nodeNetwork: network, walletAddress: wallet.primaryAddress }))
    return { wallet, state, subaddresses };
  log.error('the wallet is of another network', { expected: network });
  return undefined;
}

/**
 * Makes forgotten subaddresses again. The wallet may have read blocks without them, so `rescanHeight` is saved first:
 * the next rounds then search these blocks, even if the process dies in this one.
 */
async function recreateSubaddresses(
  state: WatchState,
  count: number | undefined,
  ports: WatchPorts,
): Promise<WatchState> {
  if (count === undefined || !(await hasForgotten(ports.wallet, count))) return state;
  ports.log.warn('the wallet has forgotten subaddresses, which are made again', { count });
  const rescanHeight = Math.min(state.rescanHeight ?? state.height, state.height);
  const marked = { ...state, rescanHeight, version: state.version + 1 };
  // Another round saved first. It may die before it makes them, and this round must not let the wallet read before.
  if (await ports.states.save(marked))
    return recreateSubaddresses((await ports.states.read()) ?? state, count, ports);
  await ports.wallet.recreateSubaddresses(count);
  return marked;
}

type Checked = CheckedNode & CheckedWallet;

/**
 * Updates the deposits from new blocks and the pool, those that unlock now, those that a reorganisation may have
 * replaced, and some blocks of the history. Then saves where the next round continues.
 *
 * @throws WalletUnavailable, NodeUnavailable, and at the end the errors of single deposits
 */
async function read(
  { status, chain, wallet, state, subaddresses }: Checked,
  ports: WatchPorts,
): Promise<void> {
  // A wallet behind the node has not reported the newest blocks; one ahead of it reports blocks that the node lacks.
  const height = Math.min(wallet.height, status.height);
  const reading = { height, houseAddress: wallet.primaryAddress };
  const windowFrom = Math.max(0, Math.min(state.height, height - WINDOW_BLOCKS));
  const from = chain.is === 'reorganised' ? Math.min(chain.from, windowFrom) : windowFrom;

  const newest = await readDeposits({ ...reading, from }, ports);
  if (height > state.height) await tellOwners(newest.open, ports);
  const failures = [...newest.unadded, ...newest.others, ...(await readUnlocking(height, ports))];
  if (chain.is === 'reorganised') {
    ports.log.warn('the chain was reorganised', { readFrom: from });
    failures.push(...(await readLockedSince(from, height, ports)));
  }
  const rescanned = await partOfRound(() => rescan(state, reading, ports));
  const history = await partOfRound(() => readHistory(state, { ...reading, below: from }, ports));
  failures.push(...rescanned.failures, ...history.failures);

  // Blocks with a failed new deposit are read again. After a reorganisation any failure repeats all replaced blocks.
  const isComplete = chain.is === 'reorganised' ? failures.length === 0 : newest.unadded.length === 0;
  // A wallet that was replaced during this round has read its blocks without the subaddresses.
  if (isComplete && !(await hasForgotten(ports.wallet, subaddresses))) {
    const next = await nextState(
      { ...state, ...rescanned.state, ...history.state },
      { status, wallet },
      ports,
    );
    await ports.states.save(next);
  }
  throwFailures(failures);
}

/** Queues hints about new confirmations, which have no event, because nothing is written for them. */
async function tellOwners(deposits: readonly Deposit[], { hints }: Pick<WatchPorts, 'hints'>): Promise<void> {
  const addressed = deposits.map(({ id, accountId }) => ({
    accountId,
    hint: { type: 'deposit' as const, id },
  }));
  for (const job of jobsOf(addressed)) await hints.send(job);
}

async function nextState(
  state: WatchState,
  { status, wallet }: Pick<Checked, 'status' | 'wallet'>,
  { node }: WatchPorts,
): Promise<WatchState> {
  const version = state.version + 1;
  // A restored wallet reads the chain again, so the watcher reads these blocks again as well.
  if (wallet.height < status.height) {
    return { ...state, height: Math.min(state.height, wallet.height), version };
  }
  const isFirst = state.height === 0;
  const start = Math.max(0, status.height - WINDOW_BLOCKS);
  return {
    ...state,
    // The hash is from the start of the round, so that the next round notices a reorganisation since then.
    ...(await rememberChain(state, { height: status.height - 1, hash: status.topHash }, node.blockHash)),
    height: status.height,
    ...(isFirst && { historyStart: start, historyHeight: start }),
    version,
  };
}

type Part = { state: Partial<WatchState>; failures: unknown[] };

/** Runs one part of a round. A part that fails does not stop the others, and the next round does it again. */
async function partOfRound(part: () => Promise<Part>): Promise<Part> {
  try {
    return await part();
  } catch (error) {
    if (isChainUnavailable(error)) throw error;
    return { state: {}, failures: [error] };
  }
}

/** Searches some blocks that the wallet read while it lacked subaddresses, transaction by transaction. */
async function rescan(
  { rescanHeight }: WatchState,
  reading: { height: number; houseAddress: string },
  ports: WatchPorts,
): Promise<Part> {
  if (rescanHeight === undefined) return { state: {}, failures: [] };
  const to = Math.min(rescanHeight + RESCAN_BLOCKS, reading.height);
  for (let block = rescanHeight; block < to; block += 1) {
    const txids = await ports.node.transactionsIn(block);
    if (txids.length) await ports.wallet.scan(txids);
  }
  const { unadded, others } = await readDeposits({ ...reading, from: rescanHeight, to }, ports);
  const next = unadded.length ? rescanHeight : to;
  return {
    state: { rescanHeight: next < reading.height ? next : undefined },
    failures: [...unadded, ...others],
  };
}

/**
 * Compares some older blocks with the tables every ten minutes, and starts over at the end. It finds deposits that the
 * wallet learnt late (a restore, a manual rescan) or lost. It also rescans the wallet's own mined payments that the
 * wallet lists as unconfirmed after a second relay, because they make its balance too high.
 */
async function readHistory(
  { historyStart, historyHeight, historyAt }: WatchState,
  { below, ...reading }: { below: number; height: number; houseAddress: string },
  ports: WatchPorts,
): Promise<Part> {
  const now = ports.clock.now();
  if (now - historyAt < HISTORY_EVERY_MS) return { state: {}, failures: [] };
  const failures = await correctUnconfirmed(ports);
  const to = Math.min(historyHeight + HISTORY_BLOCKS, below);
  if (to <= historyHeight) return { state: { historyHeight: historyStart, historyAt: now }, failures };
  const { unadded, others } = await readDeposits({ ...reading, from: historyHeight, to }, ports);
  const next = to < below ? to : historyStart;
  return {
    state: { historyHeight: next, historyAt: now },
    failures: [...failures, ...unadded, ...others],
  };
}

/** @returns the errors of single payments */
async function correctUnconfirmed({ wallet, node, log }: WatchPorts): Promise<unknown[]> {
  const txids = (await wallet.unconfirmedPayments()).slice(0, UNCONFIRMED_AT_ONCE);
  const correct = async (txid: string) => {
    if ((await node.find(txid)).in !== 'block') return;
    log.warn('the wallet takes a mined payment for unconfirmed, which is scanned for again', { txid });
    await wallet.scan([txid]);
  };
  return failuresOf(txids, correct, isChainUnavailable);
}

async function unlessUnavailable<T>({ log }: WatchPorts, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isChainUnavailable(error)) throw error;
    log.warn(error instanceof NodeUnavailable ? 'node away' : 'wallet away', { error });
    return undefined;
  }
}
