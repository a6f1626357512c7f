import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseExactly, stringifyExactly } from '#adapters/monero/exact-json.ts';
import { moneroNode, moneroWallet } from '#sandbox/chain/monero-programs.ts';
import { type SandboxNode, sandboxNode } from '#sandbox/chain/node.ts';
import { WalletRpc, WalletRpcError } from '#sandbox/chain/wallet-rpc.ts';
import type { ChildSpec } from '#sandbox/processes/child.ts';
import { killGroup } from '#sandbox/processes/process-group.ts';
import { Watchdog } from '#sandbox/processes/watchdog.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { until } from './until.ts';

const READY_WITHIN_MS = 60_000;
const LOGIN = { user: 'test', password: 'test' };

/** One of Monero's programs, which a test can stop, kill and restart. */
export type OwnProgram = {
  start(): Promise<void>;
  /**
   * Sends a signal: SIGSTOP suspends the program, SIGCONT continues it, SIGKILL ends it. Resolves once it is suspended
   * or has ended.
   */
  signal(signal: NodeJS.Signals): Promise<void>;
};

export type OwnWallet = OwnProgram & {
  login: { url: string; user: string; password: string };
  rpc: WalletRpc;
  /** The wallet's primary address. */
  address: string;
  /** Path of wallet-rpc's cache file. The keys are in another file. */
  file: string;
  codeOf(method: string, params?: object, timeoutMs?: number): Promise<number | undefined>;
};

export type OwnChain = {
  node: OwnProgram & { url: string; rpc: SandboxNode };
  mine(count: number, address: string): Promise<void>;
  /** Calls monerod: `json_rpc/<method>`, or another path. Resolves with its response, errors included. */
  // biome-ignore lint/suspicious/noExplicitAny: responses of a foreign program, whose fields the tests read.
  ask(path: string, params?: object): Promise<any>;
  /** Makes and opens a new wallet in a separate wallet-rpc. */
  wallet(name: string): Promise<OwnWallet>;
};

/**
 * All programs of this test file. They are ended here, because a set-up may fail before the test has a chain to stop.
 */
const [programs, watchdogs]: [ChildProcess[], Watchdog[]] = [[], []];
afterAll(async () => {
  for (const program of programs) killGroup(program);
  await Promise.all(watchdogs.map((watchdog) => watchdog.stop()));
}, 60_000);

/**
 * A private chain for one test file: monerod on regtest and any number of wallets, in a temporary folder. Processes and
 * folder are removed after the file's last test, or when this process is killed.
 */
export async function ownChain(): Promise<OwnChain> {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-chain-'));
  const watchdog = new Watchdog({ removes: folder });
  watchdogs.push(watchdog);
  const tcpPort = await freeTcpPort();
  const url = `http://127.0.0.1:${tcpPort}`;
  const spec = moneroNode({ tcpPort, chainDir: join(folder, 'chain'), logFile: join(folder, 'monerod.log') });
  const monerod = ownProgram(spec, watchdog);
  await monerod.start();
  const rpc = sandboxNode(url);
  return {
    node: { ...monerod, url, rpc },
    // Mines by template and submission, which takes half as long as `generateblocks`.
    async mine(count, address) {
      for (let left = count; left > 0; left -= 1) await rpc.mineFirst(address);
    },
    ask: (path, params = {}) => askNode(url, path, params),
    wallet(name) {
      return ownWallet(name, { folder: join(folder, name), nodeUrl: url, watchdog });
    },
  };
}

type OwnWalletSettings = { folder: string; nodeUrl: string; watchdog: Watchdog };

async function ownWallet(name: string, { folder, nodeUrl, watchdog }: OwnWalletSettings): Promise<OwnWallet> {
  mkdirSync(folder, { recursive: true });
  const tcpPort = await freeTcpPort();
  const url = `http://127.0.0.1:${tcpPort}`;
  const rpc = new WalletRpc(url, LOGIN);
  const file = { filename: name, password: '' };
  const open = async () => {
    await rpc.call('open_wallet', file, READY_WITHIN_MS).catch((error) => {
      if (!(error instanceof WalletRpcError)) throw error;
      return rpc.call('create_wallet', { ...file, language: 'English' }, READY_WITHIN_MS);
    });
  };
  const files = { configFile: join(folder, 'wallet-rpc.conf'), logFile: join(folder, 'wallet-rpc.log') };
  const spec = moneroWallet({ tcpPort, nodeUrl, walletsDir: folder, ...files }, LOGIN, open);
  const program = ownProgram(spec, watchdog);
  await program.start();
  const { address } = await rpc.call<{ address: string }>('get_address');
  return {
    ...program,
    login: { url, ...LOGIN },
    rpc,
    address,
    file: join(folder, name),
    codeOf: (method, params, timeoutMs) => codeOf(rpc.call(method, params, timeoutMs)),
  };
}

/**
 * The error code of a call; `undefined` if it succeeds. wallet-rpc itself uses the code `0` as well.
 *
 * @throws the error of a call without a response
 */
export async function codeOf(call: Promise<unknown>): Promise<number | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof WalletRpcError) return error.code;
    throw error;
  }
}

function ownProgram({ command, args, isReady, afterStart }: ChildSpec, watchdog: Watchdog): OwnProgram {
  let child: ChildProcess | undefined;
  return {
    async start() {
      const started = spawn(command, args, { stdio: 'ignore', detached: true });
      child = started;
      programs.push(started);
      const { pid } = started;
      if (!pid) throw new Error(`${command} cannot be started`);
      watchdog.add(pid);
      started.once('exit', () => watchdog.gone(pid));
      await until(() => isReady().catch(() => false), Boolean, { withinMs: READY_WITHIN_MS });
      await afterStart?.();
    },
    async signal(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = signal === 'SIGKILL' ? once(child, 'exit') : undefined;
      child.kill(signal);
      await ended;
      // Waits until the program is suspended, because `kill` returns earlier. On a busy machine the program would still
      // answer a call.
      if (signal === 'SIGSTOP') await until(async () => stateOf(child!.pid!), isStopped, { everyMs: 5 });
    },
  };
}

/** `T` means a stopped process in ps(1), on Linux and macOS. */
const isStopped = (state: string) => state.startsWith('T');
const stateOf = (pid: number) =>
  execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).trim();

async function askNode(url: string, path: string, params: object) {
  const [route, method] = path.split('/') as [string, string | undefined];
  const body = method ? { jsonrpc: '2.0', id: '0', method, params } : params;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/${route}`, { method: 'POST', headers, body: stringifyExactly(body) });
  return parseExactly(await response.text());
}
