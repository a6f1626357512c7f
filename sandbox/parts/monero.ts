import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Login } from '../chain/digest.ts';
import { NodeRpc } from '../chain/node-rpc.ts';
import { WalletRpc } from '../chain/wallet-rpc.ts';
import type { ChildSpec } from '../processes/child.ts';

/** Where the Monero programs are: the folder MONERO_BIN, or else the PATH. */
export function program(name: string): string {
  const folder = process.env.MONERO_BIN;
  return folder && existsSync(join(folder, name)) ? join(folder, name) : name;
}

type NodePlace = {
  port: number;
  chainDir: string;
  logFile: string;
  /** Asks everybody for it; it stands in a file of ours, not in the list of processes. */
  login?: Login;
};

/**
 * monerod on a private chain that mines on demand, kept for the next start, with no peers at all.
 *
 * @param rpc how it is asked past its login
 */
export function moneroNode(at: NodePlace, rpc = new NodeRpc(`http://127.0.0.1:${at.port}`)): ChildSpec {
  const configFile = join(at.chainDir, 'monerod.conf');
  mkdirSync(at.chainDir, { recursive: true });
  writeFileSync(configFile, at.login ? `rpc-login=${at.login.user}:${at.login.password}\n` : '', {
    mode: 0o600,
  });
  const args = [
    ...['--regtest', '--keep-fakechain', '--offline', '--fixed-difficulty=1'],
    ...['--non-interactive', '--no-zmq', '--no-igd', '--prep-blocks-threads=1', '--max-concurrency=2'],
    // Synced at each block: the ledger must not outlive the chain that it speaks of when the machine goes down.
    '--db-sync-mode=safe:sync',
    ...[`--data-dir=${at.chainDir}`, '--log-file=/dev/null', '--max-log-file-size=0'],
    ...[`--config-file=${configFile}`, '--rpc-ssl=disabled'],
    ...['--rpc-bind-ip=127.0.0.1', `--rpc-bind-port=${at.port}`],
  ];
  const isReady = () => rpc.info().then(({ height }) => height > 0);
  return {
    name: 'monerod',
    command: program('monerod'),
    args,
    logFile: at.logFile,
    isReady,
    endsWithinMs: 20_000,
  };
}

type WalletPlace = {
  port: number;
  nodeUrl: string;
  nodeLogin?: Login;
  walletsDir: string;
  configFile: string;
  logFile: string;
};

/**
 * Whether this monero-wallet-rpc compares the chain's hard forks with those of its network. From 0.18.4 on one does, and
 * then refuses the private chain ("Unexpected hard fork version v16 at height 1") without the option; one that does not
 * compare refuses the option.
 */
export function comparesHardForks(walletProgram: string): boolean {
  return String(spawnSync(walletProgram, ['--help']).stdout).includes('--allow-mismatched-daemon-version');
}

/** monero-wallet-rpc with digest login. The password stands in a file of ours, not in the list of processes. */
export function moneroWallet(at: WalletPlace, login: Login, openWallet: () => Promise<void>): ChildSpec {
  const rpc = new WalletRpc(`http://127.0.0.1:${at.port}`, login);
  const command = program('monero-wallet-rpc');
  const settings = {
    ...(comparesHardForks(command) && { 'allow-mismatched-daemon-version': 1 }),
    'rpc-login': `${login.user}:${login.password}`,
    'rpc-bind-ip': '127.0.0.1',
    'rpc-bind-port': at.port,
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
