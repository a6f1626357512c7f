import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerOf } from '#sandbox/data/data-folder.ts';
import { familyOf, NpmRun, surroundings } from './npm-start.ts';

const root = join(import.meta.dirname, '..', '..');

/** Outlives us: production mode stands alone, and must not when the tests are killed. */
const guard = `cat > /dev/null
"${process.execPath}" "${join(root, 'sandbox', 'production', 'stop.ts')}"
rm -rf "$(dirname "$PUPERO_DATA_DIR")"`;

export type House = Awaited<ReturnType<typeof houseForTests>>;

/** Ports, folder and secrets of a production mode for one test; whatever becomes of us, nothing of it is left. */
export async function houseForTests() {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-production-'));
  const dataDir = join(folder, 'data');
  const secretsFile = join(folder, 'test-secrets.json');
  const env: Record<string, string> = await surroundings(dataDir);
  env.PUPERO_SECRETS_FILE = secretsFile;
  const watch = spawn('sh', ['-c', guard], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...env },
  });
  const run = async (script: string, args: string[] = [], more: Record<string, string> = {}) => {
    const started = new NpmRun(['run', '--silent', script, '--', ...args], { ...env, ...more });
    return { code: await started.ended, printed: started.printed };
  };
  return {
    env,
    dataDir,
    secretsFile,
    run,
    api: `http://127.0.0.1:${env.PUPERO_API_PORT}`,
    site: `http://127.0.0.1:${env.PUPERO_SITE_PORT}`,
    /** The running production mode and its parts; nothing when none runs. */
    family: () => {
      const owner = ownerOf(dataDir);
      return owner ? familyOf(owner) : [];
    },
    end: async () => {
      watch.stdin.end();
      await once(watch, 'exit');
    },
  };
}
