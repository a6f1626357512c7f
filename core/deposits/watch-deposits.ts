import { strangerTo } from '../monero/same-network.ts';
import { asPiconero } from '../money/xmr.ts';
import {
  type MoneroNode,
  type NodeStatus,
  NodeUnavailable,
  WalletUnavailable,
} from '../withdrawals/ports.ts';
import type { Heartbeat } from './deposits.ts';
import type { Heartbeats, WalletStatus } from './ports.ts';
import { fillAddressPool, type ReadPorts, readDeposits } from './read-deposits.ts';

export type WatchPorts = ReadPorts & { node: Pick<MoneroNode, 'status'>; heartbeats: Heartbeats };

/**
 * One round of the watcher: asks node and wallet, writes what they answered as the heartbeat, then fills the pool of
 * addresses and credits deposits. A part that does not answer is reported, not thrown.
 *
 * The heartbeat is written once both have answered or failed, and before anything is credited: it never says `ok`
 * of a part that hangs, and a deposit that cannot be credited does not make the parts look down. A round that hangs
 * writes none, and the last one ages until /healthz no longer believes it.
 */
export async function watchDeposits(ports: WatchPorts): Promise<Heartbeat> {
  const last = await ports.heartbeats.read();
  const node = await nodeStatus(ports);
  const nodeSeenAt = node ? ports.clock.now() : last?.nodeSeenAt;
  const wallet = await walletStatus(ports);
  const now = ports.clock.now();
  const heartbeat: Heartbeat = {
    at: now,
    node: node ? 'ok' : 'down',
    wallet: wallet ? 'ok' : 'down',
    nodeSeenAt,
    walletSeenAt: wallet ? now : last?.walletSeenAt,
    height: node?.height ?? last?.height ?? 0,
    houseAddress: wallet?.primaryAddress ?? last?.houseAddress,
    walletPiconero: wallet?.balancePiconero ?? last?.walletPiconero,
    feePerBytePiconero: node?.feePerBytePiconero ?? last?.feePerBytePiconero ?? asPiconero(0n),
    walletInterfaceVersion: wallet?.interfaceVersion ?? last?.walletInterfaceVersion,
  };
  await ports.heartbeats.write(heartbeat);
  if (wallet) await whileTheWalletAnswers(ports, () => look(node, wallet.primaryAddress, ports));
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

/** `undefined` when the wallet does not answer, or is of another network. */
async function walletStatus(ports: WatchPorts): Promise<WalletStatus | undefined> {
  const { wallet, network, log } = ports;
  const status = await whileTheWalletAnswers(ports, () => wallet.status());
  if (!status) return undefined;
  if (!strangerTo(network, { nodeNetwork: network, walletAddress: status.primaryAddress })) return status;
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
