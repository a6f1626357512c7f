import { join } from 'node:path';
import { createServer } from 'vite';
import { guardPorts, guardsIn } from '../guard/guarded.ts';
import { isMailbox, mailboxPages } from '../mail/mailbox-pages.ts';
import { isUpload, passUpload, type UploadStore } from './uploads.ts';
import { isLive, passWebSocket } from './web-sockets.ts';

// The development server of the site: Vite with hot reload. `/api` is passed on as by site-server.ts.
const root = join(import.meta.dirname, '..', '..', 'web');
guardPorts(guardsIn(process.env));
const server = await createServer({
  root,
  configFile: join(root, 'vite.config.ts'),
  server: {
    host: '127.0.0.1',
    port: Number(process.env.PUPERO_SITE_PORT),
    strictPort: true,
    // Vite accepts every host, because the guard checks it, as it does before site-server.ts.
    allowedHosts: true,
    cors: false,
    proxy: {
      '/api': { target: process.env.PUPERO_API_URL, rewrite: (path) => path.slice('/api'.length) },
    },
  },
});
const uploads: UploadStore = JSON.parse(process.env.PUPERO_UPLOADS ?? '');
server.middlewares.use((request, response, next) => {
  if (isUpload(request.url ?? '')) passUpload(request, response, uploads);
  else next();
});
const { PUPERO_MAILBOX } = process.env;
if (PUPERO_MAILBOX) {
  const showMailbox = mailboxPages(PUPERO_MAILBOX);
  server.middlewares.use((request, response, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (isMailbox(path)) void showMailbox(request, response, path);
    else next();
  });
}
// Vite opens a WebSocket of its own, for hot reload, on another path.
server.httpServer?.on('upgrade', (request, socket, head) => {
  if (isLive(request.url ?? '')) passWebSocket(request, socket, head, process.env.PUPERO_LIVE_URL ?? '');
});
await server.listen();
process.once('SIGTERM', () => server.close().then(() => process.exit(0)));
