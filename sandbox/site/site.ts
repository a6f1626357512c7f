import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSite, siteFolder } from '#stage/site-build.ts';
import { endpointsOf, logFileOf, type RunningServer, type SandboxContext, urlsOf } from '../context.ts';
import { guardsVariables } from '../guard/guarded.ts';
import { mailboxOf } from '../mail/mail.ts';
import { picturesBucket, sandboxCredentials } from '../parts/functions-environment.ts';
import { answers } from '../processes/http.ts';
import { startSiteServer } from './site-server.ts';
import { passUpload, type UploadStore } from './uploads.ts';

const root = join(import.meta.dirname, '..', '..');
const web = join(root, 'web');
const sources = ['web', 'contract', 'core', 'package-lock.json'];

/** Serves the site: the build, made again if a source is newer, or in development Vite's server with hot reload. */
export async function startSite(context: SandboxContext): Promise<RunningServer> {
  const { mode, say } = context;
  const { site: url, api: apiUrl } = urlsOf(context);
  if (mode === 'dev') {
    await startDevelopmentServer(context, apiUrl);
    say(`site       ${url}, reloads on save`);
    return { close: async () => {} };
  }
  const state = await buildIfStale(context);
  const { tcpPorts, front, secrets, guards } = context;
  const uploads = uploadStoreOf(context);
  const server = await startSiteServer({
    tcpPort: tcpPorts.site,
    folder: siteFolder,
    mailbox: mailboxOf(context),
    apiUrl,
    liveUrl: endpointsOf(context).liveUrl,
    passUpload: (incoming, response) => passUpload(incoming, response, uploads),
    front: { ...front, edgeKey: secrets.EDGE_KEY, guard: guards.site },
  });
  say(`site       ${url}, ${state}`);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { close };
}

/** The store of the queue's engine, which has both. */
const uploadStoreOf = (context: SandboxContext): UploadStore => ({
  url: endpointsOf(context).queueUrl,
  bucket: picturesBucket(context.stage),
  region: 'us-east-1',
  credentials: sandboxCredentials(),
});

async function startDevelopmentServer(context: SandboxContext, apiUrl: string): Promise<void> {
  const { team, tcpPorts, guards } = context;
  await team.start({
    name: 'site',
    command: process.execPath,
    args: [join(import.meta.dirname, 'vite-dev.ts')],
    env: {
      ...process.env,
      PUPERO_SITE_PORT: String(tcpPorts.site),
      PUPERO_API_URL: apiUrl,
      PUPERO_LIVE_URL: endpointsOf(context).liveUrl,
      PUPERO_MAILBOX: mailboxOf(context),
      PUPERO_UPLOADS: JSON.stringify(uploadStoreOf(context)),
      ...guardsVariables({ [tcpPorts.site]: guards.site }),
    },
    logFile: logFileOf(context, 'site'),
    isReady: () => answers(`http://127.0.0.1:${tcpPorts.site}/`),
  });
}

async function buildIfStale(context: SandboxContext): Promise<string> {
  if (!existsSync(join(web, 'vite.config.ts'))) return 'not there: no web/vite.config.ts';
  const page = join(siteFolder, 'index.html');
  const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (newestOf(sources.map((name) => join(root, name))) < builtAt) return 'built before';
  const logFile = logFileOf(context, 'site');
  await buildSite(async (program) => {
    if ((await context.team.run({ ...program, logFile })) === 0) return;
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
