import { startFollowingChain } from './chain/follow-chain.ts';
import { mineAhead } from './chain/mine-ahead.ts';
import { joinPublicChain } from './chain/own-node.ts';
import { type Chain, startPrivateChain } from './chain/private-chain.ts';
import { endpointsOf, type RunningServer, type SandboxContext, urlsOf, walletLogin } from './context.ts';
import { type DataFolder, openDataFolder } from './data/data-folder.ts';
import { secretsIn } from './data/secrets.ts';
import { guardsOf } from './guard/guards.ts';
import { newPortKeys } from './guard/keys.ts';
import { mailSettings, startMail } from './mail/mail.ts';
import type { Health, PartName, Sandbox, SandboxOptions } from './options.ts';
import { startDynamodb } from './parts/dynamodb.ts';
import { startFunctions } from './parts/functions.ts';
import { functionsEnvironment, writeEndpoints } from './parts/functions-environment.ts';
import { untilHealthy } from './parts/health.ts';
import { invokeFunction } from './parts/invoke.ts';
import { type QueueUrls, startQueues } from './parts/queue.ts';
import { Interruption } from './processes/interruption.ts';
import { Team } from './processes/team.ts';
import { loopbackFront } from './settings/front.ts';
import { settleTcpPorts, type TcpPortName, type TcpPorts, tcpPortNames } from './settings/tcp-ports.ts';
import { startSite } from './site/site.ts';

const everyPart: PartName[] = ['dynamodb', 'queue', 'chain', 'functions', 'mail', 'site'];

/**
 * Starts Pupero on this machine and resolves when it is ready: /healthz says ok and the site answers.
 *
 * @throws an Error with the reason, after everything that was started is stopped again
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = options.parts ?? everyPart;
  // The folder comes first, because "in use" explains a second start better than seven taken ports.
  const folder = openDataFolder(options.dataDir, options.mode === 'production' ? 'production' : 'sandbox');
  const tcpPorts = await settleTcpPorts(
    wantedTcpPorts(options),
    neededTcpPorts(parts, options),
    options.front?.listen,
  ).catch((error) => {
    folder.release();
    throw error;
  });
  const interruption = new Interruption(options.signal);
  const team = new Team({ say: options.say ?? (() => {}), onLost: (error) => interruption.interrupt(error) });
  try {
    const context = contextOf(options, tcpPorts, folder, team);
    const started = await interruption.orResult(startParts(context, parts));
    const sandbox = runningSandbox(options, context, started);
    interruption.whenInterrupted((error) => sandbox.stop().then(() => options.onLost?.(error)));
    return sandbox;
  } catch (error) {
    await team.stop();
    folder.release();
    throw error;
  }
}

type StartedParts = {
  env: Record<string, string>;
  health: Health;
  chain: Chain | undefined;
  mail: RunningServer | undefined;
  site: RunningServer | undefined;
};

/** Starts the parts concurrently if they do not need each other. Resolves when all serve. */
async function startParts(context: SandboxContext, parts: PartName[]): Promise<StartedParts> {
  const has = (part: PartName) => parts.includes(part);
  const tables = has('dynamodb') ? startDynamodb(context) : undefined;
  const queues = has('queue') ? startQueues(context) : Promise.resolve({});
  const startChain = context.network === 'regtest' ? startPrivateChain : joinPublicChain;
  const chain = has('chain') ? startChain(context, tables) : undefined;
  const env = queues.then((queueUrls) => environmentOf(context, queueUrls));
  const mail = has('mail') ? startMail(context) : undefined;
  const functions = has('functions') ? env.then((known) => startFunctions(context, known)) : undefined;
  const site = has('site') ? startSite(context) : undefined;
  try {
    await Promise.all([tables, env, chain, functions, mail, site]);
  } catch (error) {
    for (const server of [site, mail]) server?.then((running) => running?.close()).catch(() => {});
    throw error;
  }
  const { lambda: lambdaUrl } = urlsOf(context);
  writeEndpoints(context.folder.file('endpoints.env'), { ...(await env), PUPERO_LAMBDA_URL: lambdaUrl });
  const health: Health = has('functions') ? await untilHealthy(context) : { status: 'ok', waitsFor: [] };
  const started = { health, env: await env, chain: await chain, mail: await mail, site: await site };
  if (has('functions') && context.network === 'regtest') await stockFaucet(context, started.chain);
  return started;
}

/** Fills the faucet before its first draw, also where later no blocks are mined by themselves. */
async function stockFaucet(context: SandboxContext, chain: Chain | undefined): Promise<void> {
  if (!chain) return;
  const lambda = { lambdaUrl: urlsOf(context).lambda, stage: context.stage };
  await mineAhead({
    watch: () => invokeFunction(lambda, 'watchDeposits', {}),
    mine: (count) => chain.node.mine(chain.houseAddress, count),
    say: context.say,
  });
}

function environmentOf(context: SandboxContext, queueUrls: QueueUrls): Record<string, string> {
  const { stage, network, secrets, secretsFile, front } = context;
  return functionsEnvironment({
    stage,
    network,
    secrets,
    secretsFile,
    wallet: walletLogin(context),
    endpoints: endpointsOf(context),
    queueUrls,
    mail: mailSettings(context),
    siteOrigin: front.siteOrigin,
  });
}

function runningSandbox(options: SandboxOptions, context: SandboxContext, started: StartedParts): Sandbox {
  const { folder, team, secrets, stage } = context;
  const { env, health, chain, mail, site } = started;
  const urls = urlsOf(context);
  const invoke = (functionName: string, event: unknown = {}) =>
    invokeFunction({ lambdaUrl: urls.lambda, stage }, functionName, event);
  const { houseAddress = '', outsideAddress = '' } = chain ?? {};
  const mine = async (count: number, address = houseAddress) => {
    if (!chain) throw new Error('This sandbox runs without the chain.');
    return chain.node.mine(address, count);
  };
  const ticker = startFollowingChain(options, { mine, invoke, keepOpen: chain?.keepOpen });
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    await ticker?.stop();
    await site?.close();
    await team.stop();
    await mail?.close();
    chain?.wallet.close();
    folder.release();
  };
  return {
    urls,
    env,
    stage,
    dataDir: folder.path,
    secrets,
    health,
    houseAddress,
    outsideAddress,
    invoke,
    mine,
    stop: () => (stopped ??= stopAll()),
    kill: (part, signal = 'SIGKILL') => team.part(part).kill(signal),
    pids: () => team.pids(),
    killNow: () => team.killNow(),
  };
}

function contextOf(
  options: SandboxOptions,
  tcpPorts: TcpPorts,
  folder: DataFolder,
  team: Team,
): SandboxContext {
  const { stage, mode = 'built', network = 'regtest', own = {}, say = () => {} } = options;
  const { allowedHosts = [], keepsUsersOut = false, functionsEnv } = options;
  const front = options.front ?? loopbackFront(tcpPorts.site);
  const ownFile = folder.file('secrets.json');
  const secrets = options.secrets ?? secretsIn(ownFile);
  const secretsFile = options.secrets ? options.secretsFile : ownFile;
  const keys = newPortKeys();
  const guards = guardsOf({ front, allowedHosts, mode, secrets, keys });
  const mailPassword = mode === 'production' ? undefined : keys.mail;
  return {
    stage,
    mode,
    network,
    front,
    guards,
    keepsUsersOut,
    mailPassword,
    tcpPorts,
    own,
    folder,
    secrets,
    secretsFile,
    team,
    functionsEnv,
    say,
  };
}

function wantedTcpPorts({ tcpPorts = {} }: SandboxOptions): TcpPorts {
  return Object.fromEntries(tcpPortNames.map((name) => [name, tcpPorts[name] ?? 0])) as TcpPorts;
}

function neededTcpPorts(parts: PartName[], { own = {}, mode }: SandboxOptions): TcpPortName[] {
  const needed: Record<PartName, (TcpPortName | false)[]> = {
    dynamodb: [!own.dynamodbUrl && 'dynamodb'],
    queue: [!own.queueUrl && 'queue'],
    chain: [!own.nodeUrl && 'node', !own.wallet && 'wallet'],
    functions: ['api', 'lambda', 'live'],
    mail: [mode !== 'production' && 'mail'],
    site: ['site'],
  };
  return parts.flatMap((part) => needed[part]).filter((name) => name !== false);
}
