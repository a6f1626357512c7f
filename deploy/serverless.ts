import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const program = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');

type How = {
  env?: NodeJS.ProcessEnv;
  /** The service's folder; this one if not said. */
  cwd?: string;
  /** Prints as it goes; otherwise what it printed comes with its failure. */
  loud?: boolean;
  signal?: AbortSignal;
};

/**
 * Runs one command of the Serverless Framework to its end, with our plugins for a deploy, not for the sandbox.
 * @throws an Error with what it printed, when it fails
 */
export function serverless(args: string[], { env = {}, cwd = root, loud, signal }: How = {}): Promise<void> {
  const environment = { ...process.env, ...env, PUPERO_SERVERLESS_PLUGIN: 'serverless-esbuild' };
  const stdio = ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'] as const;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      ...{ cwd, env: environment, signal, stdio: [...stdio] },
    });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const words = Buffer.concat(printed).toString().trim();
      reject(new Error(`sls ${args[0]} ended with ${code}.${words && `\n${words}`}`));
    });
  });
}

/** Bundles every function into `folder`, with the CloudFormation template that would be deployed. */
export const packageInto = (folder: string, { stage, env }: { stage: string; env?: NodeJS.ProcessEnv }) =>
  serverless(['package', '--stage', stage, '--package', folder], { env });

/** The template's file, among those of a package. */
export const templateIn = (folder: string) => join(folder, 'cloudformation-template-update-stack.json');
