import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { operations } from '../contract/index.ts';
import { shapeOf } from '../contract/operation.ts';

const port = Number(process.env.PUPERO_SITE_PORT ?? 5000);
const api = process.env.PUPERO_API_URL ?? 'http://127.0.0.1:8000';

/** The site's own origin carries the API under `/api`, here as in the sandbox and behind CloudFront. */
const proxy = { '/api': { target: api, rewrite: (path: string) => path.replace(/^\/api/, '') } };

/** Gives the site the contract's routes without its schemas (src/api/contract-routes.d.ts). */
const contractRoutes: Plugin = {
  name: 'contract-routes',
  resolveId: (id) => (id === 'virtual:contract-routes' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:contract-routes') return undefined;
    const routes = Object.fromEntries(operations.map((operation) => [operation.name, shapeOf(operation)]));
    return `export const ROUTES = ${JSON.stringify(routes)};`;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractRoutes, svelte({ configFile: `${import.meta.dirname}/svelte.config.js` })],
  // Nothing inlined: the site is served with a content security policy that allows files of its own only.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0 },
  server: { host: '127.0.0.1', port, strictPort: true, proxy },
  preview: { host: '127.0.0.1', port, strictPort: true, proxy },
});
