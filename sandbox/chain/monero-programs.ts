import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildSpec } from '../processes/child.ts';
import type { Login } from './digest.ts';
import { type SandboxNode, sandboxNode } from './node.ts';
import { WalletRpc } from './wallet-rpc.ts';

/** Where the Monero programs are: the folder MONERO_BIN, or else the PATH. */
export function program(name: string): string {
  const folder = process.env.MONERO_BIN;
  return folder && existsSync(join(folder, name)) ? join(folder, name) : name;
}

type MoneroNodeSettings = {
  tcpPort: number;
  chainDir: string;
  logFile: string;
  /** The login that every caller needs. It is in a private file, because other users can read command lines. */
  login?: Login;
};

/**
 * monerod on a private chain without peers. It mines on demand and keeps the chain for the next start.
 *
 * @param node the client of this node, which knows its login
 */
export function moneroNode(
  at: MoneroNodeSettings,
  node: SandboxNode = sandboxNode(`http://127.0.0.1:${at.tcpPort}`),
): ChildSpec {
  const configFile = join(at.chainDir, 'monerod.conf');
  mkdirSync(at.chainDir, { recursive: true });
  writeFileSync(configFile, at.login ? `rpc-login=${at.login.user}:${at.login.password}\n` : '', {
    mode: 0o600,
  });
  const args = [
    '--regtest',
    '--keep-fakechain',
    '--offline',
    '--fixed-difficulty=1',
    '--non-interactive',
    '--no-zmq',
    '--no-igd',
    '--prep-blocks-threads=1',
    '--max-concurrency=2',
    // The database is synced at each block, because after a power failure the ledger must not be ahead of the chain.
    '--db-sync-mode=safe:sync',
    `--data-dir=${at.chainDir}`,
    '--log-file=/dev/null',
    '--max-log-file-size=0',
    `--config-file=${configFile}`,
    '--rpc-ssl=disabled',
    '--rpc-bind-ip=127.0.0.1',
    `--rpc-bind-port=${at.tcpPort}`,
  ];
  const isReady = () => node.info().then(({ height }) => height > 0);
  return {
    name: 'monerod',
    command: program('monerod'),
    args,
    logFile: at.logFile,
    isReady,
    endsWithinMs: 20_000,
  };
}

type WalletRpcSettings = {
  tcpPort: number;
  nodeUrl: string;
  nodeLogin?: Login;
  walletsDir: string;
  configFile: string;
  logFile: string;
};

/**
 * Whether this monero-wallet-rpc compares the chain's hard forks with those of its network. Releases from 0.18.4 on do,
 * and refuse the private chain ("Unexpected hard fork version v16 at height 1") without the option. Older ones refuse
 * the option.
 */
export function comparesHardForks(walletProgram: string): boolean {
  return String(spawnSync(walletProgram, ['--help']).stdout).includes('--allow-mismatched-daemon-version');
}

/** monero-wallet-rpc with digest login. The password is in a private file, because others can read command lines. */
export function moneroWallet(
  at: WalletRpcSettings,
  login: Login,
  openWallet: () => Promise<void>,
): ChildSpec {
  const rpc = new WalletRpc(`http://127.0.0.1:${at.tcpPort}`, login);
  const command = program('monero-wallet-rpc');
  const settings = {
    ...(comparesHardForks(command) && { 'allow-mismatched-daemon-version': 1 }),
    'rpc-login': `${login.user}:${login.password}`,
    'rpc-bind-ip': '127.0.0.1',
    'rpc-bind-port': at.tcpPort,
    'daemon-address': new URL(at.nodeUrl).host,
    'daemon-ssl': new URL(at.nodeUrl).protocol === 'https:' ? 'enabled' : 'disabled',
    ...(at.nodeLogin && { 'daemon-login': `${at.nodeLogin.user}:${at.nodeLogin.password}` }),
    'rpc-ssl': 'disabled',
    'trusted-daemon': 1,
    'wallet-dir': at.walletsDir,
    'shared-ringdb-dir': join(at.walletsDir, 'ringdb'),
    'non-interactive': 1,
    'max-concurrency': 2,
    'log-file': '/dev/null',
    'max-log-file-size': 0,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(at.configFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  return {
    name: 'wallet-rpc',
    command,
    args: ['--config-file', at.configFile],
    logFile: at.logFile,
    isReady: () => rpc.call('get_version', {}, 2_000).then(() => true),
    afterStart: openWallet,
    beforeStop: () => rpc.call('store', {}, 4_000).then(() => rpc.close()),
    endsWithinMs: 20_000,
  };
}
