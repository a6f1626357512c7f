import { randomBytes } from 'node:crypto';
import { addressesOf, endpointsOf, logFileOf, type SandboxContext, walletLogin } from '../context.ts';
import { startNodeGuard } from '../guard/node-guard.ts';
import { freeTcpPort, loopbackUrl } from '../settings/tcp-ports.ts';
import { HouseWallet } from './house-wallet.ts';
import { refuseOtherChain } from './known-chain.ts';
import { moneroNode, moneroWallet } from './monero-programs.ts';
import { type SandboxNode, sandboxNode } from './node.ts';
import { makeOutsideWallet } from './outside-wallet.ts';
import { WalletRpc } from './wallet-rpc.ts';

export type Chain = {
  node: SandboxNode;
  wallet: WalletRpc;
  houseAddress: string;
  /** Empty if there is no outside wallet. */
  outsideAddress: string;
  /** Opens the house wallet again after an operator's own wallet-rpc was restarted. */
  keepOpen?: () => Promise<void>;
};

/**
 * Starts a private chain: monerod on regtest, and the open house wallet with enough unlocked coins.
 *
 * @param tables resolves once the tables exist; `undefined` where the sandbox has none
 */
export async function startPrivateChain(
  context: SandboxContext,
  tables: Promise<void> | undefined,
): Promise<Chain> {
  const { team, own, tcpPorts, folder, secrets, mode, say } = context;
  const { nodeUrl, walletUrl } = addressesOf(context);
  const endpoints = endpointsOf(context);
  const node = sandboxNode(endpoints.nodeUrl);
  const daemon = own.nodeUrl ? { nodeUrl } : await startNode(context, node);
  const { nettype, height, version } = await node.info();
  if (nettype !== 'fakechain')
    throw new Error(`The node at ${nodeUrl} runs ${nettype}; the sandbox wants regtest.`);
  await refuseOtherChain(context, tables);
  say(`node       ${nodeUrl}, Monero ${version.split('-', 1)[0]}, height ${height}`);

  const outside = mode === 'production' ? '' : startOutsideWallet(context, nodeUrl);
  const login = walletLogin(context);
  const wallet = new WalletRpc(endpoints.walletUrl, login);
  const house = new HouseWallet(wallet, secrets.HOUSE_WALLET_PASSWORD);
  const walletSettings = {
    tcpPort: tcpPorts.wallet,
    ...daemon,
    walletsDir: folder.file('wallets'),
    configFile: folder.file('wallet-rpc.conf'),
    logFile: logFileOf(context, 'wallet-rpc'),
  };
  if (!own.wallet) await team.start(moneroWallet(walletSettings, login, () => house.open()));
  else await house.open();
  const warning = await house.warning();
  if (warning) say(`warning    ${warning}`);
  if (!own.nodeUrl) await node.mineFirst(await house.address());
  const { unlockedXmr, mined } = await house.fund(node);
  say(`wallet     ${walletUrl}, ${unlockedXmr} XMR to spend${mined ? `, ${mined} blocks mined for it` : ''}`);
  return { node, wallet, houseAddress: await house.address(), outsideAddress: await outside };
}

/**
 * Starts monerod behind a login, on a TCP port that changes with each start, and its guard on the node's port.
 *
 * @returns the address and login for the house wallet
 */
async function startNode(context: SandboxContext, node: SandboxNode) {
  const { team, tcpPorts, guards, folder } = context;
  const tcpPort = await freeTcpPort();
  const login = { user: 'pupero', password: randomBytes(24).toString('hex') };
  const daemon = { nodeUrl: loopbackUrl(tcpPort), nodeLogin: login };
  team.serve(await startNodeGuard({ tcpPort: tcpPorts.node, guard: guards.node, ...daemon }));
  const settings = {
    tcpPort,
    login,
    chainDir: folder.file('chain'),
    logFile: logFileOf(context, 'monerod'),
  };
  await team.start(moneroNode(settings, node));
  return daemon;
}

/** Starts the outside wallet. An error does not stop the start, because no other part needs this wallet. */
function startOutsideWallet({ folder, team, say }: SandboxContext, nodeUrl: string): Promise<string> {
  return makeOutsideWallet({ folder: folder.file('outside'), nodeUrl, team }).catch((error: Error) => {
    if (!team.closing) say(`No address outside to withdraw to: ${error.message}`);
    return '';
  });
}
