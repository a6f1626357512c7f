import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '#sandbox/options.ts';
import { Watchdog } from '#sandbox/processes/watchdog.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { startPayee } from './payee.ts';

const root = join(import.meta.dirname, '..', '..');
/** Folder for the logs of a failed run. */
const keptLogs = join(root, 'test-results', 'logs');

export type Playground = {
  /** The variables by which the suites find it. */
  env: Record<string, string>;
  /** Stops every process and removes the data; keeps the logs if asked. */
  stop: (how: { keepLogs: boolean }) => Promise<void>;
};

type PlaygroundCallbacks = {
  say: (line: string) => void;
  signal: AbortSignal;
  onLost: (error: Error) => void;
};

/** A sandbox for the tests, and an outside wallet that is paid and compares amounts. */
export async function startPlayground({ say, signal, onLost }: PlaygroundCallbacks): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-'));
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const watchdog = new Watchdog({ removes: folder });
  const remove = async ({ keepLogs }: { keepLogs: boolean }) => {
    const logs = join(folder, 'logs');
    if (keepLogs && existsSync(logs)) cpSync(logs, keptLogs, { recursive: true });
    await watchdog.stop();
  };
  try {
    const sandbox = await startSandbox({ stage, dataDir: folder, say, signal, onLost });
    const stopSandbox = sandbox.stop;
    try {
      const payee = await startPayee(sandbox, { tcpPort: await freeTcpPort(), say, onLost });
      return {
        env: { ...sandbox.env, ...addressesOf(sandbox, payee.url) },
        stop: async (how) => {
          await payee.stop();
          await stopSandbox();
          await remove(how);
        },
      };
    } catch (error) {
      await stopSandbox();
      throw error;
    }
  } catch (error) {
    await remove({ keepLogs: true });
    throw error;
  }
}

function addressesOf({ urls, env, houseAddress, dataDir }: Sandbox, payeeUrl: string) {
  return {
    PUPERO_TEST_MAILBOX: join(dataDir, 'mails'),
    PUPERO_TEST_API_URL: urls.api,
    PUPERO_TEST_SITE_URL: urls.site,
    PUPERO_TEST_NODE_URL: env.MONERO_NODE_URL ?? '',
    PUPERO_TEST_LAMBDA_URL: urls.lambda,
    PUPERO_TEST_PAYEE_URL: payeeUrl,
    PUPERO_TEST_HOUSE_ADDRESS: houseAddress,
    PUPERO_TEST_GATEWAY: 'offline',
  };
}
