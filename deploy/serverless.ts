import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.ts';

const root = join(import.meta.dirname, '..');
const program = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');

type How = {
  /** Added to this process's environment, and overrides it. */
  env?: NodeJS.ProcessEnv;
  /** The folder of the service; by default this project. */
  cwd?: string;
  loud?: boolean;
  signal?: AbortSignal;
};

/**
 * Runs one command of the Serverless Framework with the plugins for a deploy, not those for the sandbox. It gets its
 * own temporary folder, which is deleted afterwards, because its bundler leaves a copy of every function there. Throws
 * as `run` does.
 */
export async function serverless(args: string[], { env, cwd = root, ...how }: How = {}): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'pupero-sls-'));
  const ours = { PUPERO_SERVERLESS_PLUGIN: 'serverless-esbuild', TMPDIR: temporary, TEMP: temporary };
  const told = { ...process.env, ...env };
  // An emulator runs the functions on this machine's processor, so their native parts are for it.
  if (told.AWS_ENDPOINT_URL) told.PUPERO_ARCHITECTURE ??= process.arch === 'arm64' ? 'arm64' : 'x86_64';
  try {
    await run(process.execPath, [program, ...args], { ...how, cwd, env: { ...told, ...ours } });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Bundles every function into `folder`, with the CloudFormation template of stage `docs`. On regtest, because the
 * function of the sandbox exists there only.
 */
export const packageInto = (folder: string) =>
  serverless(['package', '--stage', 'docs', '--package', folder], { env: { MONERO_NETWORK: 'regtest' } });

/** The template's file, among those of a package. */
export const templateIn = (folder: string) => join(folder, 'cloudformation-template-update-stack.json');
