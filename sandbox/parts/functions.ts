import { join } from 'node:path';
import { logFileOf, type SandboxContext, urlsOf } from '../context.ts';
import { guardsVariables } from '../guard/guarded.ts';
import { answers } from '../processes/http.ts';

const root = join(import.meta.dirname, '..', '..');
const serverless = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
const watchedSources = ['contract', 'core', 'adapters', 'functions', 'infra', 'serverless.yml'];

/**
 * Starts `sls offline`: the gateway, all functions in one process, and the queue's consumer.
 *
 * @param env settings and secrets of the functions
 */
export async function startFunctions(context: SandboxContext, env: Record<string, string>): Promise<void> {
  const { tcpPorts, stage, front, guards, mode, say, team } = context;
  const urls = urlsOf(context);
  // SIGKILL, because after SIGTERM `sls offline` waits for idle connections for seconds.
  const watchOptions =
    mode === 'dev'
      ? [
          '--watch-preserve-output',
          '--watch-kill-signal=SIGKILL',
          ...watchedSources.map((path) => `--watch-path=${join(root, path)}`),
        ]
      : [];
  await team.start({
    name: 'functions',
    command: process.execPath,
    args: [...watchOptions, serverless, 'offline', 'start', '--stage', stage, '--config', 'serverless.yml'],
    env: {
      ...process.env,
      ...env,
      ...(mode === 'production' && { NODE_ENV: 'production', THROTTLE: 'on' }),
      ...context.functionsEnv,
      PUPERO_LAMBDA_URL: urls.lambda,
      PUPERO_LISTEN: front.listen,
      PUPERO_API_PORT: String(tcpPorts.api),
      PUPERO_LAMBDA_PORT: String(tcpPorts.lambda),
      PUPERO_LIVE_PORT: String(tcpPorts.live),
      ...guardsVariables({
        [tcpPorts.api]: guards.api,
        [tcpPorts.lambda]: guards.lambda,
        [tcpPorts.live]: guards.live,
      }),
      PUPERO_SERVERLESS_PLUGIN: './sandbox/offline-queue/plugin.ts',
      PUPERO_SCHEDULES: 'false',
      PUPERO_SECRETS_PATH: '',
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
    },
    cwd: root,
    logFile: logFileOf(context, 'functions'),
    isReady: () => answers(`${urls.api}/healthz`),
    endsWithinMs: 8_000,
  });
  say(`functions  ${urls.api}`);
}
