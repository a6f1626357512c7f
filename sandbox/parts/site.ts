import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guardsVariables } from '../guard/guarded.ts';
import type { Mode } from '../options.ts';
import { answers } from '../processes/http.ts';
import type { Team } from '../processes/team.ts';
import { buildSite, siteFolder } from '../site-build.ts';
import { type SiteFront, startSiteServer } from '../site-server.ts';

const root = join(import.meta.dirname, '..', '..');
const web = join(root, 'web');
const sources = ['web', 'contract', 'core', 'package-lock.json'];

type Place = { port: number; apiUrl: string; logFile: string; mode: Mode; front: SiteFront; team: Team };
export type RunningSite = { how: string; close: () => Promise<void> };

/** The site on `port`: the build, made anew if a source is newer, or vite's own server with hot reload. */
export async function startSite(place: Place): Promise<RunningSite> {
  if (place.mode === 'dev') return startDevelopment(place);
  const how = await buildIfStale(place);
  const { port, apiUrl, front } = place;
  const server = await startSiteServer({ port, folder: siteFolder, apiUrl, front });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { how, close };
}

async function startDevelopment({ port, apiUrl, front, logFile, team }: Place): Promise<RunningSite> {
  await team.start({
    name: 'site',
    command: process.execPath,
    args: [join(import.meta.dirname, 'vite-dev.ts')],
    env: {
      ...process.env,
      PUPERO_SITE_PORT: String(port),
      PUPERO_API_URL: apiUrl,
      ...guardsVariables({ [port]: front.guard }),
    },
    logFile,
    isReady: () => answers(`http://127.0.0.1:${port}/`),
  });
  return { how: 'reloads on save', close: async () => {} };
}

async function buildIfStale({ logFile, team }: Place): Promise<string> {
  if (!existsSync(join(web, 'vite.config.ts'))) return 'not there: no web/vite.config.ts';
  const page = join(siteFolder, 'index.html');
  const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (newestOf(sources.map((name) => join(root, name))) < builtAt) return 'built before';
  await buildSite(async (program) => {
    if ((await team.run({ ...program, logFile })) === 0) return;
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
    throw new Error(`The site cannot be built:\n${lines.map((line) => `    ${line}`).join('\n')}`);
  });
  return 'built';
}

function newestOf(paths: string[]): number {
  return Math.max(0, ...paths.filter((path) => existsSync(path)).map(newestUnder));
}

function newestUnder(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(0, ...inside.map((name) => newestUnder(join(path, name))));
}
