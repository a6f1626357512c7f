import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildSpec } from '../processes/child.ts';
import { answers } from '../processes/http.ts';

const root = join(import.meta.dirname, '..', '..');
const dynoxideVersion = '1.2.1';

type Place = { port: number; data: string; logFile: string };

/** The DynamoDB-compatible engine: a static binary that keeps its tables in one SQLite file. */
export function dynamodbEngine({ port, data, logFile }: Place): ChildSpec {
  return {
    name: 'dynamodb',
    command: dynoxideBinary(),
    args: ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', data],
    logFile,
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  };
}

/** The SQS-compatible engine, which keeps its messages in a SQLite file of its own. */
export function queueEngine({ port, data, logFile }: Place): ChildSpec {
  return {
    name: 'queue',
    command: process.execPath,
    args: ['--max-old-space-size=128', join(import.meta.dirname, 'queue-server.ts')],
    env: { ...process.env, PUPERO_QUEUE_PORT: String(port), PUPERO_QUEUE_DIR: data },
    logFile,
    isReady: () => answers(`http://127.0.0.1:${port}/health`),
  };
}

function dynoxideBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const path = join(root, 'node_modules', '@dynoxide', platform, program);
  if (!existsSync(path)) installDynoxide(platform);
  if (existsSync(path)) return path;
  throw new Error(
    `The DynamoDB engine does not come for ${platform}. Set AWS_ENDPOINT_URL_DYNAMODB to one of your own, ` +
      'for example DynamoDB Local: docker run -p 127.0.0.1:8100:8000 amazon/dynamodb-local',
  );
}

// The lock file names only the Linux package: npm refuses a lock with packages that a registry lacks.
function installDynoxide(platform: string) {
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    `@dynoxide/${platform}@${dynoxideVersion}`,
  ];
  spawnSync('npm', args, { cwd: root, stdio: 'ignore', shell: process.platform === 'win32' });
}
