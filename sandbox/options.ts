import type { Network } from '#core/chain/networks.ts';
import type { SecretsOfADeploy } from '#deploy/secrets-of-a-deploy.ts';
import type { Front } from './front.ts';
import type { Ports } from './ports.ts';
import type { OwnParts } from './settings.ts';

export type PartName = 'dynamodb' | 'queue' | 'chain' | 'functions' | 'site';

/**
 * The built site; vite with hot reload, which also reloads the functions on save; or as for others to use: everything
 * as NODE_ENV=production has it, in a folder that no sandbox takes for its own.
 */
export type Mode = 'built' | 'dev' | 'production';

export type SandboxOptions = {
  /** Names tables and queues: `local` for npm start, `test-…` for tests. */
  stage: string;
  /** The folder that keeps everything; made if need be, refused if another sandbox uses it. */
  dataDir: string;
  /** Those not named, or 0, become free ones. */
  ports?: Partial<Ports>;
  /** A block and a look at it every so many seconds; 0 (the default): nothing happens by itself. */
  mineEverySeconds?: number;
  /** With mining off: the functions that follow the chain are still called every so many seconds; 0: never. */
  lookEverySeconds?: number;
  /** Which parts to run; all if not said. Functions need dynamodb, queue and chain. */
  parts?: PartName[];
  own?: OwnParts;
  mode?: Mode;
  /** `regtest` if not said; node and wallet of any other are one's own. */
  network?: Network;
  /** Random ones, made and kept in the folder, if not given. */
  secrets?: SecretsOfADeploy;
  /** Loopback alone, and the site on localhost, if not said. */
  front?: Front;
  /** Hosts by which more than this machine and the site find our ports: `host`, or `host:port`. */
  allowedHosts?: readonly string[];
  /** Throws where the other users of this machine could reach an engine past its guard. */
  keepsUsersOut?: boolean;
  /** More environment for the functions, over what the sandbox sets. */
  functionsEnv?: Record<string, string>;
  /** A line of progress. */
  say?: (line: string) => void;
  /** A part died for good; everything has been stopped by then. */
  onLost?: (error: Error) => void;
  /** Aborts a start under way: everything is stopped and the start throws. */
  signal?: AbortSignal;
};

/** `waitsFor`: the parts that are not there yet. */
export type Health = { status: 'ok' | 'degraded'; waitsFor: string[] };

export type Urls = {
  api: string;
  site: string;
  /** Where functions are invoked directly, with the key that it may want. */
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
  /** What the functions see: tables, queue, endpoints, keys. Good for adapters in tests too. */
  env: Record<string, string>;
  secrets: SecretsOfADeploy;
  /** What /healthz said of itself: `degraded` is good enough off regtest only, where a node takes days to catch up. */
  health: Health;
  /** Where mined coins go by default; a main address of the house wallet. Empty without the chain. */
  houseAddress: string;
  /** Of a wallet that is not the house's, to withdraw to. Empty without the chain, or where it cannot be made. */
  outsideAddress: string;
  /** Runs a function (`watchDeposits`, `expireTrades`, …) as its schedule would. */
  invoke: (functionName: string, event?: unknown) => Promise<unknown>;
  /** Mines at once, to the house unless an address is given. */
  mine: (count: number, address?: string) => Promise<{ height: number }>;
  /** Ends one part (`functions`, `wallet-rpc`, `monerod`, …) as a crash would; it is started again. */
  kill: (part: string, signal?: NodeJS.Signals) => void;
  pids: () => number[];
  /** Stops every process and waits until none is left. */
  stop: () => Promise<void>;
  /** Kills them instead. */
  killNow: () => void;
};
