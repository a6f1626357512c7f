import type { Network } from '#core/chain/networks.ts';
import type { DeploySecrets } from '#stage/deploy-secrets.ts';
import type { Front } from './settings/front.ts';
import type { OwnParts } from './settings/settings.ts';
import type { TcpPorts } from './settings/tcp-ports.ts';

export type PartName = 'dynamodb' | 'queue' | 'chain' | 'functions' | 'mail' | 'site';

/**
 * `built`: serves the built site. `dev`: Vite with hot reload, and the functions reload on save. `production`: for
 * other people to use, with NODE_ENV=production and a data folder that no sandbox opens.
 */
export type Mode = 'built' | 'dev' | 'production';

export type SandboxOptions = {
  /** Names tables and queues: `local` for npm start, `test-…` for tests. */
  stage: string;
  /** Keeps all data. Created if missing, refused if another sandbox uses it. */
  dataDir: string;
  /** TCP ports. A missing or 0 one becomes a free port. */
  tcpPorts?: Partial<TcpPorts>;
  /** Seconds between blocks, each followed by the scheduled functions; 0, the default, turns both off. */
  mineEverySeconds?: number;
  /** With mining off, seconds between runs of the scheduled functions; 0 turns them off. */
  runSchedulesEverySeconds?: number;
  /** All by default. The functions need dynamodb, queue and chain. */
  parts?: PartName[];
  own?: OwnParts;
  mode?: Mode;
  /** `regtest` by default. On other networks node and wallet are the operator's own. */
  network?: Network;
  /** By default random secrets, made once and kept in the folder. */
  secrets?: DeploySecrets;
  /** The file of given secrets, which the functions read the keys of access tokens from. */
  secretsFile?: string | undefined;
  /** By default reachable from loopback only, with the site on localhost. */
  front?: Front;
  /** More `Host` values that the guards accept: `host` or `host:port`. */
  allowedHosts?: readonly string[];
  /** Whether to refuse the start if other users of this machine could reach an engine without its guard. */
  keepsUsersOut?: boolean;
  /** More variables for the functions; they override the sandbox's own. */
  functionsEnv?: Record<string, string>;
  /** Prints a line of progress. */
  say?: (line: string) => void;
  /** Called when a part cannot be restarted, after everything was stopped. */
  onLost?: (error: Error) => void;
  /** Aborts the start: everything is stopped and startSandbox throws. */
  signal?: AbortSignal;
};

/** `waitsFor`: the parts that do not work yet. */
export type Health = { status: 'ok' | 'degraded'; waitsFor: string[] };

export type Urls = {
  api: string;
  site: string;
  /** Invokes functions directly; contains the port's key. */
  lambda: string;
  dynamodb: string;
  queue: string;
  node: string;
  wallet: string;
};

export type Sandbox = {
  urls: Urls;
  stage: string;
  dataDir: string;
  /** The functions' environment: tables, queue, endpoints, keys. Tests give it to adapters too. */
  env: Record<string, string>;
  secrets: DeploySecrets;
  /** The first answer of /healthz. `degraded` is accepted off regtest only, where a node may synchronize for days. */
  health: Health;
  /** The house wallet's primary address, which gets mined coins by default. Empty without the chain. */
  houseAddress: string;
  /** An address of a wallet outside, to withdraw to. Empty without the chain, or when it cannot be made. */
  outsideAddress: string;
  /** Runs a function (`watchDeposits`, `expireTrades`, …) as its schedule would. @returns its result */
  invoke: (functionName: string, event?: unknown) => Promise<unknown>;
  /** Mines at once, to the house unless an address is given. */
  mine: (count: number, address?: string) => Promise<{ height: number }>;
  /** Kills one part (`functions`, `wallet-rpc`, `monerod`, …) as a crash would; it restarts. */
  kill: (part: string, signal?: NodeJS.Signals) => void;
  pids: () => number[];
  /** Stops every process; resolves when none is left. */
  stop: () => Promise<void>;
  /** Kills every process at once. */
  killNow: () => void;
};
