import { shownUrl } from '#adapters/secrets/urls.ts';
import type { Network } from '#core/chain/networks.ts';
import type { DeploySecrets } from '#stage/deploy-secrets.ts';
import type { Login } from './chain/digest.ts';
import type { DataFolder } from './data/data-folder.ts';
import type { PortGuards } from './guard/guards.ts';
import { keyed } from './guard/keys.ts';
import type { Mode, SandboxOptions, Urls } from './options.ts';
import { sandboxCredentials } from './parts/functions-environment.ts';
import type { Team } from './processes/team.ts';
import { type Front, hostOf } from './settings/front.ts';
import type { OwnParts } from './settings/settings.ts';
import { loopbackUrl, type TcpPorts } from './settings/tcp-ports.ts';

/** A server in this process. */
export type RunningServer = { close: () => Promise<void> };

/** The settings, folder, secrets and processes that all parts of one sandbox share. */
export type SandboxContext = {
  stage: string;
  mode: Mode;
  network: Network;
  front: Front;
  guards: PortGuards;
  keepsUsersOut: boolean;
  /** The password of the mail server; absent in production mode, which has none. */
  mailPassword: string | undefined;
  tcpPorts: TcpPorts;
  own: OwnParts;
  folder: DataFolder;
  secrets: DeploySecrets;
  /** The file that the functions read the keys of access tokens from. */
  secretsFile: string | undefined;
  team: Team;
  functionsEnv: SandboxOptions['functionsEnv'];
  say: (line: string) => void;
};

/** The address of each engine without secrets, for messages: the operator's own, or the one started here. */
export function addressesOf({ own, tcpPorts }: Pick<SandboxContext, 'own' | 'tcpPorts'>) {
  return {
    dynamodbUrl: shownUrl(own.dynamodbUrl ?? loopbackUrl(tcpPorts.dynamodb)),
    queueUrl: shownUrl(own.queueUrl ?? loopbackUrl(tcpPorts.queue)),
    nodeUrl: shownUrl(own.nodeUrl ?? loopbackUrl(tcpPorts.node)),
    walletUrl: shownUrl(own.wallet?.url ?? loopbackUrl(tcpPorts.wallet)),
  };
}

/** The same addresses for the project's own programs, with the keys of the guarded ports. */
export function endpointsOf({ own, tcpPorts, guards }: Pick<SandboxContext, 'own' | 'tcpPorts' | 'guards'>) {
  return {
    dynamodbUrl: own.dynamodbUrl ?? keyed(loopbackUrl(tcpPorts.dynamodb), guards.dynamodb.key),
    queueUrl: own.queueUrl ?? keyed(loopbackUrl(tcpPorts.queue), guards.queue.key),
    nodeUrl: own.nodeUrl ?? keyed(loopbackUrl(tcpPorts.node), guards.node.key),
    walletUrl: own.wallet?.url ?? loopbackUrl(tcpPorts.wallet),
    liveUrl: keyed(loopbackUrl(tcpPorts.live), guards.live.key),
  };
}

/** The addresses that a running sandbox reports. */
export function urlsOf(context: SandboxContext): Urls {
  const { tcpPorts, front, guards } = context;
  const { dynamodbUrl, queueUrl, nodeUrl, walletUrl } = addressesOf(context);
  return {
    api: `http://${hostOf(front.listen)}:${tcpPorts.api}`,
    site: front.siteOrigin,
    lambda: keyed(loopbackUrl(tcpPorts.lambda), guards.lambda.key),
    dynamodb: dynamodbUrl,
    queue: queueUrl,
    node: nodeUrl,
    wallet: walletUrl,
  };
}

/** The login of wallet-rpc: the operator's own, or the sandbox's secret. */
export function walletLogin({ own, secrets }: Pick<SandboxContext, 'own' | 'secrets'>): Login {
  if (own.wallet) return own.wallet;
  return { user: secrets.MONERO_WALLET_RPC_USER, password: secrets.MONERO_WALLET_RPC_PASSWORD };
}

/** Settings of an AWS client that calls an engine. */
export function awsClientSettings(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: sandboxCredentials(), maxAttempts: 5 };
}

/** Throws an error that names the engine, at its first use. */
export function engineUnusable(engine: string, address: string) {
  return ({ message }: Error): never => {
    throw new Error(`${engine} at ${address} cannot be used: ${message}`);
  };
}

/** The log file of a part. */
export const logFileOf = ({ folder }: Pick<SandboxContext, 'folder'>, part: string): string =>
  folder.file('logs', `${part}.log`);
