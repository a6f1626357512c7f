import { startSandbox } from '../sandbox.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Points the AWS SDK at the tables: the environment's, the running sandbox's, or an engine on the data folder.
 *
 * @returns a function that closes them
 */
export async function openTables(settings: Settings): Promise<() => Promise<void>> {
  // On AWS no placeholder credentials are set, because the operator has real ones.
  if (process.env.STAGE && !settings.own.dynamodbUrl) return async () => {};
  process.env.AWS_REGION ??= 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'sandbox';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'sandbox';
  if (settings.own.dynamodbUrl) return async () => {};
  const url = `http://127.0.0.1:${settings.tcpPorts.dynamodb}`;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = url;
  const running = await fetch(url).then(
    () => true,
    () => false,
  );
  if (running) return async () => {};
  const engine = await startSandbox({ stage: 'local', dataDir: settings.dataDir, parts: ['dynamodb'] });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.urls.dynamodb;
  return engine.stop;
}
