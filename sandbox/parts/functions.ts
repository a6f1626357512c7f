import { join } from 'node:path';
import type { ChildSpec } from '../processes/child.ts';
import { answers, ask } from '../processes/http.ts';

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

/** Runs one function by its short name, as a schedule would. Throws with its error when it fails. */
export async function invokeFunction(
  place: { lambdaPort: number; stage: string },
  name: string,
  event: unknown,
) {
  const path = `2015-03-31/functions/pupero-${place.stage}-${name}/invocations`;
  const response = await ask(name, `http://127.0.0.1:${place.lambdaPort}/${path}`, {
    method: 'POST',
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error'))
    throw new Error(`${name}: ${messageIn(text)}`);
  return text ? JSON.parse(text) : undefined;
}

/** The emulator wraps a function's error in JSON, with a trace of its own. */
function messageIn(text: string): string {
  try {
    return JSON.parse(text).errorMessage ?? text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
