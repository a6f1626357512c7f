import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { sandboxCredentials } from '../environment.ts';
import type { ChildSpec } from '../processes/child.ts';
import { answers } from '../processes/http.ts';

const root = join(import.meta.dirname, '..', '..');
const serverless = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
const sources = ['contract', 'core', 'adapters', 'functions', 'serverless.yml'];

type Place = { url: string; stage: string; env: NodeJS.ProcessEnv; watch: boolean; logFile: string };

/** `sls offline`: the gateway, the functions (all in its one process) and the queue's consumer. */
export function functionsHost({ url, stage, env, watch, logFile }: Place): ChildSpec {
  // Killed at once on save: a polite end waits seconds for idle connections.
  const watching = watch
    ? [
        '--watch-preserve-output',
        '--watch-kill-signal=SIGKILL',
        ...sources.map((path) => `--watch-path=${join(root, path)}`),
      ]
    : [];
  return {
    name: 'functions',
    command: process.execPath,
    args: [...watching, serverless, 'offline', 'start', '--stage', stage, '--config', 'serverless.yml'],
    env,
    cwd: root,
    logFile,
    isReady: () => answers(`${url}/healthz`),
    endsWithinMs: 8_000,
  };
}

/** Where functions are invoked directly: an emulator's Lambda, and the stage. */
export type LambdaPlace = { lambdaUrl: string; stage: string };

/** Runs one function by its short name, once, as a schedule would. Throws with its error when it fails. */
export async function invokeFunction({ lambdaUrl, stage }: LambdaPlace, name: string, event: unknown) {
  const client = new LambdaClient({
    endpoint: lambdaUrl,
    region: 'us-east-1',
    credentials: sandboxCredentials(),
    maxAttempts: 1,
    requestHandler: { requestTimeout: 60_000, throwOnRequestTimeout: true },
  });
  const FunctionName = `pupero-${stage}-${name}`;
  try {
    const asked = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) });
    const { FunctionError, Payload } = await client.send(asked);
    const text = Payload?.transformToString() ?? '';
    if (FunctionError) throw new Error(messageIn(text));
    return text ? JSON.parse(text) : undefined;
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message || error}`, { cause: error });
  } finally {
    client.destroy();
  }
}

/** The emulator wraps a function's error in JSON, with a trace of its own. */
function messageIn(text: string): string {
  try {
    return JSON.parse(text).errorMessage ?? text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
