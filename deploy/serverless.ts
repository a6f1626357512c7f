import { join } from 'node:path';
import { run } from './program.ts';

const root = join(import.meta.dirname, '..');
const program = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');

type How = {
  /** Over this process's own. */
  env?: NodeJS.ProcessEnv;
  /** The service's folder; this one if not said. */
  cwd?: string;
  loud?: boolean;
  signal?: AbortSignal;
};

/** Runs one command of the Serverless Framework, with our plugins for a deploy, not for the sandbox. Throws as `run` does. */
export async function serverless(args: string[], { env, cwd = root, ...how }: How = {}): Promise<void> {
  const environment = { ...process.env, ...env, PUPERO_SERVERLESS_PLUGIN: 'serverless-esbuild' };
  await run(process.execPath, [program, ...args], { ...how, cwd, env: environment });
}

/** Bundles every function into `folder`, with the CloudFormation template that would be deployed. */
export const packageInto = (folder: string, { stage, ...how }: How & { stage: string }) =>
  serverless(['package', '--stage', stage, '--package', folder], how);

/** The template's file, among those of a package. */
export const templateIn = (folder: string) => join(folder, 'cloudformation-template-update-stack.json');
