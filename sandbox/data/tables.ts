import { startSandbox } from '../sandbox.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Points the AWS SDK at the tables: the environment's, the running sandbox's, or an engine on the data folder.
 *
 * @returns how to close them
 */
export async function openTables(settings: Settings): Promise<() => Promise<void>> {
  // AWS gets no placeholder credentials, because the operator has real ones there.
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
