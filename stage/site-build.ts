import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const web = join(root, 'web');
/**
 * A folder that git ignores. It is on the file system of the site, so that a folder can be renamed from one to the
 * other.
 */
const cache = join(root, 'node_modules', '.cache');

/** The folder of the built site. */
export const siteFolder = join(web, 'dist');

type Build = { command: string; args: string[]; env: NodeJS.ProcessEnv; cwd: string };

/**
 * Builds the site in another folder and then moves it to `folder`, because another program may serve or build it at the
 * same time.
 *
 * @param run runs the program to its end and throws when it fails
 */
export async function buildSite(run: (build: Build) => Promise<unknown>, folder = siteFolder): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'site-'));
  const fresh = join(work, 'fresh');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', web, '--config', join(web, 'vite.config.ts'), '--outDir', fresh];
  try {
    await run({
      command: process.execPath,
      args,
      env: { ...process.env, NODE_ENV: 'production' },
      cwd: root,
    });
    moveIfThere(folder, join(work, 'old'));
    moveUnlessReplaced(fresh, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Two builds may end at once. Either may stay, because both have the same sources. */
function moveUnlessReplaced(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
