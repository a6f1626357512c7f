import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Network } from '#core/chain/networks.ts';
import type { SecretsOfADeploy } from '#deploy/secrets-of-a-deploy.ts';
import type { Login } from './chain/digest.ts';
import { HouseWallet } from './chain/house-wallet.ts';
import { NodeRpc } from './chain/node-rpc.ts';
import { makeOutsideWallet } from './chain/outside-wallet.ts';
import { WalletRpc } from './chain/wallet-rpc.ts';
import type { DataFolder } from './data-folder.ts';
import { sandboxCredentials, tableNames } from './environment.ts';
import type { Front } from './front.ts';
import type { PortGuards } from './guard/guards.ts';
import { keyed } from './guard/keys.ts';
import { startNodeGuard } from './guard/node-guard.ts';
import { refuseOtherChain } from './known-chain.ts';
import type { Mode } from './options.ts';
import { dynamodbEngine, queueEngine } from './parts/engines.ts';
import { moneroNode, moneroWallet } from './parts/monero.ts';
import { freePort, here, type Ports } from './ports.ts';
import type { Team } from './processes/team.ts';
import { provisionQueues, provisionTables } from './provision.ts';
import type { OwnParts } from './settings.ts';

/** What every part stands on. */
export type Ground = {
  stage: string;
  mode: Mode;
  network: Network;
  front: Front;
  guards: PortGuards;
  keepsUsersOut: boolean;
  ports: Ports;
  own: OwnParts;
  folder: DataFolder;
  secrets: SecretsOfADeploy;
  team: Team;
  say: (line: string) => void;
};

const logOf = (folder: DataFolder, name: string) => folder.file('logs', `${name}.log`);

/** Where each engine is, for people: one's own, or the one started here. */
export function addressesOf({ own, ports }: Pick<Ground, 'own' | 'ports'>) {
  return {
    dynamodbUrl: own.dynamodbUrl ?? here(ports.dynamodb),
    queueUrl: own.queueUrl ?? here(ports.queue),
    nodeUrl: own.nodeUrl ?? here(ports.node),
    walletUrl: own.wallet?.url ?? here(ports.wallet),
  };
}

/** The same for our own programs: with the keys of the guarded ports. */
export function endpointsOf({ own, ports, guards }: Pick<Ground, 'own' | 'ports' | 'guards'>) {
  return {
    dynamodbUrl: own.dynamodbUrl ?? keyed(here(ports.dynamodb), guards.dynamodb.key),
    queueUrl: own.queueUrl ?? keyed(here(ports.queue), guards.queue.key),
    nodeUrl: own.nodeUrl ?? keyed(here(ports.node), guards.node.key),
    walletUrl: own.wallet?.url ?? here(ports.wallet),
  };
}

/** The tables of infra/, in the engine. */
export async function startDynamodb(ground: Ground): Promise<void> {
  const { team, own, ports, guards, keepsUsersOut, folder, stage, say } = ground;
  const place = {
    port: ports.dynamodb,
    guard: guards.dynamodb,
    keepsUsersOut,
    data: folder.file('tables.sqlite'),
    logFile: logOf(folder, 'dynamodb'),
  };
  if (!own.dynamodbUrl) await team.start(dynamodbEngine(place));
  const address = addressesOf(ground).dynamodbUrl;
  const client = new DynamoDBClient(clientSettings(endpointsOf(ground).dynamodbUrl));
  const count = await provisionTables(client, stage).catch(unreachable('The DynamoDB engine', address));
  client.destroy();
  say(`database   ${address}, ${count} tables`);
}

/** The queues of infra/, in the engine; returns the address of the payouts' queue. */
export async function startQueue(ground: Ground): Promise<string> {
  const { team, own, ports, guards, folder, stage, say } = ground;
  const place = {
    port: ports.queue,
    guard: guards.queue,
    data: folder.file('queue'),
    logFile: logOf(folder, 'queue'),
  };
  if (!own.queueUrl) await team.start(queueEngine(place));
  const address = addressesOf(ground).queueUrl;
  const settings = clientSettings(endpointsOf(ground).queueUrl);
  const client = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const urls = await provisionQueues(client, stage).catch(unreachable('The SQS engine', address));
  client.destroy();
  say(`queue      ${address}`);
  const url = urls.PayoutQueue ?? '';
  // fauxqs remembers addresses with the port of an earlier start, on a name that not every machine resolves.
  return own.queueUrl ? url : new URL(new URL(url).pathname, address).href;
}

export type Chain = {
  node: NodeRpc;
  wallet: WalletRpc;
  houseAddress: string;
  outsideAddress: string;
  /** Opens the house wallet again where wallet-rpc was started again without us. */
  keepOpen?: () => Promise<void>;
};

/** Throws when the node's chain is not the one that the tables speak of. @param tables resolves once they are there */
export async function refuseOtherChainThan(tables: Promise<void> | undefined, ground: Ground): Promise<void> {
  if (!tables) return;
  await tables;
  const { dynamodbUrl, nodeUrl } = endpointsOf(ground);
  await refuseOtherChain({
    nodeUrl,
    nodeAddress: addressesOf(ground).nodeUrl,
    tables: clientSettings(dynamodbUrl),
    paymentsTable: tableNames(ground.stage).PAYMENTS_TABLE!,
    network: ground.network,
  });
}

/** A private chain: monerod on regtest, the house wallet open, and enough unlocked coins in it. */
export async function startChain(ground: Ground, tables: Promise<void> | undefined): Promise<Chain> {
  const { team, own, ports, folder, secrets, mode, say } = ground;
  const { nodeUrl, walletUrl } = addressesOf(ground);
  const node = new NodeRpc(endpointsOf(ground).nodeUrl);
  const daemon = own.nodeUrl ? { nodeUrl } : await startNode(ground, node);
  const { nettype, height, version } = await node.info();
  if (nettype !== 'fakechain')
    throw new Error(`The node at ${nodeUrl} runs ${nettype}; the sandbox wants regtest.`);
  await refuseOtherChainThan(tables, ground);
  say(`node       ${nodeUrl}, Monero ${version.split('-', 1)[0]}, height ${height}`);

  const outside = mode === 'production' ? '' : startOutside(ground, nodeUrl);
  const login = walletLogin(ground);
  const wallet = new WalletRpc(walletUrl, login);
  const house = new HouseWallet(wallet, secrets.HOUSE_WALLET_PASSWORD);
  const walletPlace = {
    port: ports.wallet,
    ...daemon,
    walletsDir: folder.file('wallets'),
    configFile: folder.file('wallet-rpc.conf'),
    logFile: logOf(folder, 'wallet-rpc'),
  };
  if (!own.wallet) await team.start(moneroWallet(walletPlace, login, () => house.open()));
  else await house.open();
  const warning = await house.warning();
  if (warning) say(`warning    ${warning}`);
  if (!own.nodeUrl) await node.mineFirst(await house.address());
  const { unlockedXmr, mined } = await house.fund(node);
  say(`wallet     ${walletUrl}, ${unlockedXmr} XMR to spend${mined ? `, ${mined} blocks mined for it` : ''}`);
  return { node, wallet, houseAddress: await house.address(), outsideAddress: await outside };
}

/**
 * monerod behind a login, on a port that changes with each start, and its guard on the node's port.
 *
 * @returns where the house wallet finds it
 */
async function startNode({ team, ports, guards, folder }: Ground, rpc: NodeRpc) {
  const port = await freePort();
  const login = { user: 'pupero', password: randomBytes(24).toString('hex') };
  const daemon = { nodeUrl: here(port), nodeLogin: login };
  team.serve(await startNodeGuard({ port: ports.node, guard: guards.node, ...daemon }));
  const place = { port, login, chainDir: folder.file('chain'), logFile: logOf(folder, 'monerod') };
  await team.start(moneroNode(place, rpc));
  return daemon;
}

/** Nothing here rests on the wallet outside: where it cannot be made, as without its program, the start goes on. */
function startOutside({ folder, team, say }: Ground, nodeUrl: string): Promise<string> {
  return makeOutsideWallet({ folder: folder.file('outside'), nodeUrl, team }).catch((error: Error) => {
    if (!team.closing) say(`No address outside to withdraw to: ${error.message}`);
    return '';
  });
}

/** The login of wallet-rpc. */
export function walletLogin({ own, secrets }: Pick<Ground, 'own' | 'secrets'>): Login {
  if (own.wallet) return own.wallet;
  return { user: secrets.MONERO_WALLET_RPC_USER, password: secrets.MONERO_WALLET_RPC_PASSWORD };
}

function unreachable(who: string, endpoint: string) {
  return ({ message }: Error): never => {
    throw new Error(`${who} at ${endpoint} cannot be used: ${message}`);
  };
}

function clientSettings(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: sandboxCredentials(), maxAttempts: 5 };
}
