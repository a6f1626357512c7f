import { join } from 'node:path';
import { createServer } from 'vite';
import { guardPorts, guardsIn } from '../guard/guarded.ts';
import { isMailbox, mailboxPages } from '../mail/mailbox-pages.ts';

// The site while one works on it: vite with hot reload, and `/api` handed on as the real site's server does.
const root = join(import.meta.dirname, '..', '..', 'web');
guardPorts(guardsIn(process.env));
const server = await createServer({
  root,
  configFile: join(root, 'vite.config.ts'),
  server: {
    host: '127.0.0.1',
    port: Number(process.env.PUPERO_SITE_PORT),
    strictPort: true,
    // The guard decides, here as in front of the real site's server.
    allowedHosts: true,
    cors: false,
    proxy: {
      '/api': { target: process.env.PUPERO_API_URL, rewrite: (path) => path.slice('/api'.length) },
    },
  },
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
await server.listen();
process.once('SIGTERM', () => server.close().then(() => process.exit(0)));
