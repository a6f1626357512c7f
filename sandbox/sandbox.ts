import { bringUp, type Up } from './bring-up.ts';
import { blocksMissing } from './chain/mine-ahead.ts';
import { scheduledFunctions, startTicker, type Ticker } from './chain/ticker.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import type { Ground } from './engines.ts';
import { loopbackFront } from './front.ts';
import { guardsOf } from './guard/guards.ts';
import { newPortKeys } from './guard/keys.ts';
import type { PartName, Sandbox, SandboxOptions } from './options.ts';
import { invokeFunction } from './parts/functions.ts';
import { type PortName, type Ports, portNames, settlePorts } from './ports.ts';
import { Team } from './processes/team.ts';
import { secretsIn } from './secrets.ts';

const everyPart: PartName[] = ['dynamodb', 'queue', 'chain', 'functions', 'site'];

/**
 * Brings up Pupero on this machine and resolves when it is ready: /healthz says ok and the site answers.
 * If anything fails on the way, everything that was started is stopped before it throws.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = options.parts ?? everyPart;
  // The folder first: to who starts a second time by mistake, "in use" says more than seven taken ports.
  const folder = openDataFolder(options.dataDir, kindOf(options));
  const ports = await settlePorts(
    portsWanted(options),
    portsNeeded(parts, options),
    options.front?.listen,
  ).catch((error) => {
    folder.release();
    throw error;
  });
  const interruption = new Interruption(options.signal);
  const team = new Team({ say: options.say ?? (() => {}), onLost: (error) => interruption.strike(error) });
  try {
    const ground = groundOf(options, ports, folder, team);
    const up = await interruption.or(bringUp(ground, options, parts));
    return running(options, up, { ground, interruption });
  } catch (error) {
    await team.stop();
    folder.release();
    throw error;
  }
}

/** A sandbox and what others use keep their data apart. */
const kindOf = ({ mode }: SandboxOptions) => (mode === 'production' ? 'production' : 'sandbox');

type Held = { ground: Ground; interruption: Interruption };

function running(options: SandboxOptions, up: Up, { ground, interruption }: Held): Sandbox {
  const { folder, team, secrets } = ground;
  const invoke = (functionName: string, event: unknown = {}) =>
    invokeFunction({ lambdaUrl: up.urls.lambda, stage: options.stage }, functionName, event);
  const { houseAddress = '', outsideAddress = '' } = up.chain ?? {};
  const mine = async (count: number, address = houseAddress) => {
    if (!up.chain) throw new Error('This sandbox runs without the chain.');
    return up.chain.node.mine(address, count);
  };
  const ticker = tickerFor(options, { mine, invoke, keepOpen: up.chain?.keepOpen });
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    await ticker?.stop();
    await up.site?.close();
    await team.stop();
    up.chain?.wallet.close();
    folder.release();
  };
  const stop = () => (stopped ??= stopAll());
  interruption.whenStruck((error) => stop().then(() => options.onLost?.(error)));
  return {
    ...{ urls: up.urls, env: up.env, stage: options.stage, dataDir: folder.path },
    ...{ secrets, health: up.health, houseAddress, outsideAddress },
    ...{ invoke, mine, stop },
    kill: (part, signal = 'SIGKILL') => team.part(part).kill(signal),
    pids: () => team.pids(),
    killNow: () => team.killNow(),
  };
}

type Hands = {
  mine: (count: number) => Promise<unknown>;
  invoke: Sandbox['invoke'];
  keepOpen: (() => Promise<void>) | undefined;
};

/** More would keep the chain's other followers waiting: a block takes a tenth of a second. */
const MOST_BLOCKS_A_TICK = 20;

function tickerFor(options: SandboxOptions, { mine, invoke, keepOpen }: Hands): Ticker | undefined {
  const { mineEverySeconds = 0, lookEverySeconds = 0, say = () => {} } = options;
  const everySeconds = mineEverySeconds || lookEverySeconds;
  if (!everySeconds) return undefined;
  // The next look counts what these blocks bring.
  const mineMissing = async (watched: unknown) => {
    const missing = blocksMissing(watched, MOST_BLOCKS_A_TICK);
    if (missing > 0) await mine(missing);
  };
  const look = async () => {
    const failures: string[] = [];
    const failed = ({ message }: Error) => failures.push(message);
    await keepOpen?.().catch(failed);
    for (const name of scheduledFunctions) {
      const result = await invoke(name).catch(failed);
      if (name === 'watchDeposits' && mineEverySeconds) await mineMissing(result).catch(failed);
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  };
  return startTicker({ mine: mineEverySeconds ? () => mine(1) : undefined, everySeconds, look, say });
}

function groundOf(options: SandboxOptions, ports: Ports, folder: DataFolder, team: Team): Ground {
  const { stage, mode = 'built', network = 'regtest', own = {}, say = () => {} } = options;
  const front = options.front ?? loopbackFront(ports.site);
  const secrets = options.secrets ?? secretsIn(folder.file('secrets.json'));
  const { allowedHosts = [], keepsUsersOut = false } = options;
  const guards = guardsOf({ front, allowedHosts, mode, secrets, keys: newPortKeys() });
  return { stage, mode, network, front, guards, keepsUsersOut, ports, own, folder, team, say, secrets };
}

function portsWanted({ ports = {} }: SandboxOptions): Ports {
  return Object.fromEntries(portNames.map((name) => [name, ports[name] ?? 0])) as Ports;
}

function portsNeeded(parts: PartName[], { own = {} }: SandboxOptions): PortName[] {
  const needed: Record<PartName, (PortName | false)[]> = {
    dynamodb: [!own.dynamodbUrl && 'dynamodb'],
    queue: [!own.queueUrl && 'queue'],
    chain: [!own.nodeUrl && 'node', !own.wallet && 'wallet'],
    functions: ['api', 'lambda'],
    site: ['site'],
  };
  return parts.flatMap((part) => needed[part]).filter((name) => name !== false);
}

/** What may cut a start short, or end what runs: the caller's signal, or a part that is lost for good. */
class Interruption {
  readonly #struck: Promise<Error>;
  strike: (error: Error) => void = () => {};

  constructor(signal: AbortSignal | undefined) {
    this.#struck = new Promise((resolve) => {
      this.strike = resolve;
      signal?.addEventListener('abort', () => resolve(new Error('Stopped before it was ready.')), {
        once: true,
      });
    });
  }

  or<Result>(work: Promise<Result>): Promise<Result> {
    const failure = this.#struck.then((error): never => {
      throw error;
    });
    return Promise.race([work, failure]);
  }

  whenStruck(act: (error: Error) => void): void {
    void this.#struck.then(act);
  }
}
