import { strangerTo } from '../monero/same-network.ts';
import { asPiconero } from '../money/xmr.ts';
import {
  type MoneroNode,
  type NodeStatus,
  NodeUnavailable,
  WalletUnavailable,
} from '../withdrawals/ports.ts';
import type { Heartbeat } from './deposits.ts';
import type { Heartbeats } from './ports.ts';
import { fillAddressPool, type ReadPorts, readDeposits } from './read-deposits.ts';

export type WatchPorts = ReadPorts & { node: Pick<MoneroNode, 'status'>; heartbeats: Heartbeats };

/**
 * One round of the watcher: looks after node and wallet, credits deposits, fills the pool of addresses, and leaves word
 * of what it found for the functions that may talk to neither. What is away is reported, not thrown.
 */
export async function watchDeposits(ports: WatchPorts): Promise<Heartbeat> {
  const last = await ports.heartbeats.read();
  const node = await nodeStatus(ports);
  const houseAddress = await houseWallet(ports);
  const heartbeat: Heartbeat = {
    at: ports.clock.now(),
    node: node ? 'ok' : 'down',
    wallet: houseAddress ? 'ok' : 'down',
    houseAddress: houseAddress ?? last?.houseAddress,
    height: node?.height ?? last?.height ?? 0,
    feePerBytePiconero: node?.feePerBytePiconero ?? last?.feePerBytePiconero ?? asPiconero(0n),
  };
  // Left before anything is credited: a deposit that cannot be is no reason to be taken for dead.
  await ports.heartbeats.write(heartbeat);
  if (houseAddress) await whileTheWalletAnswers(ports, () => look(node, houseAddress, ports));
  return heartbeat;
}

/** `undefined` when the node is away, or of another network than ours, whose coins are not the ones owed. */
async function nodeStatus({ node, network, log }: WatchPorts): Promise<NodeStatus | undefined> {
  try {
    const status = await node.status();
    if (status.network === network) return status;
    log.error('the node is of another network', { node: status.network, expected: network });
  } catch (error) {
    if (!(error instanceof NodeUnavailable)) throw error;
    log.warn('node away', { error });
  }
  return undefined;
}

/** The house's address; `undefined` when the wallet is away, or of another network. */
async function houseWallet(ports: WatchPorts): Promise<string | undefined> {
  const { wallet, network, log } = ports;
  const walletAddress = await whileTheWalletAnswers(ports, () => wallet.primaryAddress());
  if (!walletAddress || !strangerTo(network, { nodeNetwork: network, walletAddress })) return walletAddress;
  log.error('the wallet is of another network', { expected: network });
  return undefined;
}

/** Without a node of ours nothing is credited: the wallet's word on depth rests on it. */
async function look(node: NodeStatus | undefined, houseAddress: string, ports: WatchPorts): Promise<void> {
  await fillAddressPool(houseAddress, ports);
  if (node) await readDeposits({ nodeHeight: node.height, houseAddress }, ports);
}

async function whileTheWalletAnswers<T>({ log }: WatchPorts, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof WalletUnavailable)) throw error;
    log.warn('wallet away', { error });
    return undefined;
  }
}
