import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import {
  addressesOf,
  awsClientSettings,
  endpointsOf,
  engineUnusable,
  logFileOf,
  type SandboxContext,
} from '../context.ts';
import { guardsVariables } from '../guard/guarded.ts';
import type { ProgramsGuard } from '../guard/guards.ts';
import { keyed } from '../guard/keys.ts';
import { ownNetwork } from '../guard/own-network.ts';
import type { ChildSpec } from '../processes/child.ts';
import { provisionTables } from '../provision/provision.ts';

const root = join(import.meta.dirname, '..', '..');
const DYNOXIDE_VERSION = '1.2.1';
const guardFolder = join(import.meta.dirname, '..', 'guard');

/** Starts the DynamoDB engine and creates the tables of infra/. */
export async function startDynamodb(context: SandboxContext): Promise<void> {
  const { team, own, tcpPorts, guards, keepsUsersOut, folder, stage, say } = context;
  const engine = {
    tcpPort: tcpPorts.dynamodb,
    guard: guards.dynamodb,
    keepsUsersOut,
    data: folder.file('tables.sqlite'),
    logFile: logFileOf(context, 'dynamodb'),
  };
  if (!own.dynamodbUrl) await team.start(dynamodbEngine(engine));
  const address = addressesOf(context).dynamodbUrl;
  const client = awsClient(DynamoDBClient, awsClientSettings(endpointsOf(context).dynamodbUrl));
  const count = await provisionTables(client, stage).catch(engineUnusable('The DynamoDB engine', address));
  client.destroy();
  say(`database   ${address}, ${count} tables`);
}

type DynamodbEngine = {
  tcpPort: number;
  guard: ProgramsGuard;
  data: string;
  logFile: string;
  /** Whether other users of the machine must not reach the engine directly. */
  keepsUsersOut: boolean;
};

/**
 * The DynamoDB-compatible engine behind its guard: a static binary that keeps its tables in one SQLite file.
 *
 * @throws an Error with instructions where `keepsUsersOut` cannot be met
 */
function dynamodbEngine({ tcpPort, guard, data, logFile, keepsUsersOut }: DynamodbEngine): ChildSpec {
  const inOwnNetwork = ownNetwork();
  if (!inOwnNetwork && keepsUsersOut) throw new Error(noOwnNetwork);
  const program = {
    command: process.execPath,
    args: ['--max-old-space-size=64', join(guardFolder, 'tables-guard.ts'), dynoxideBinary(), data],
  };
  return {
    ...(inOwnNetwork ? inOwnNetwork(program) : program),
    name: 'dynamodb',
    env: { ...process.env, ...guardsVariables({ [tcpPort]: guard }) },
    listensOn: tcpPort,
    logFile,
    isReady: async () => (await fetch(keyed(`http://127.0.0.1:${tcpPort}`, guard.key))).ok,
  };
}

const noOwnNetwork =
  'The DynamoDB engine knows no login, and this machine gives it no network of its own (unshare -Urn), so every user ' +
  'of the machine could read and write the tables. If nobody else uses it: PUPERO_ONLY_USER=yes. Otherwise allow user ' +
  'namespaces, or set AWS_ENDPOINT_URL_DYNAMODB to tables of your own.';

/**
 * The engine's program, from the npm package of this platform, which is installed if it is missing.
 *
 * @param house the folder with node_modules
 * @throws an Error with npm's own reason if the installation fails
 */
export function dynoxideBinary(platform = `${process.platform}-${process.arch}`, house = root): string {
  const path = join(house, 'node_modules', '@dynoxide', platform, 'dynoxide');
  if (existsSync(path)) return path;
  const name = `@dynoxide/${platform}@${DYNOXIDE_VERSION}`;
  const { error, output } = installPackage(name, house);
  if (existsSync(path)) return path;
  throw new Error(
    `The DynamoDB engine (${name}) cannot be installed. npm says:\n${error?.message ?? npmReason(output)}\n` +
      'Try again, or set AWS_ENDPOINT_URL_DYNAMODB to an engine of your own, for example DynamoDB Local: ' +
      'docker run -p 127.0.0.1:8100:8000 amazon/dynamodb-local',
  );
}

/** The lock file names only the Linux package, because npm refuses a lock with packages that a registry lacks. */
function installPackage(name: string, cwd: string) {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', name];
  const { error, stdout, stderr } = spawnSync('npm', args, { cwd, env: process.env, encoding: 'utf8' });
  return { error, output: `${stderr}${stdout}` };
}

/** npm's error lines without their prefix; its whole output if there are none. */
function npmReason(output: string): string {
  const lines = output.trim().split('\n');
  const errors = lines.filter(
    (line) => /^npm (ERR!|error)/i.test(line) && !/complete log|debug-\d+\.log/.test(line),
  );
  const told = errors.length > 0 ? errors.map((line) => line.replace(/^npm (ERR!|error) ?/i, '')) : lines;
  return told
    .filter((line) => !/^\d*\s*$/.test(line))
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');
}
