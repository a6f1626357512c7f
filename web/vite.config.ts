import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { ROUTES } from '../contract/routes.ts';

const port = Number(process.env.PUPERO_SITE_PORT ?? 5000);
const api = process.env.PUPERO_API_URL ?? 'http://127.0.0.1:8000';

/** The site's own origin serves the API under `/api`, like the sandbox and CloudFront. */
const proxy = { '/api': { target: api, rewrite: (path: string) => path.replace(/^\/api/, '') } };

const ROUTES_FILE = fileURLToPath(new URL('../contract/routes.ts', import.meta.url));

/** Replaces the contract's routes with their value, because zod alone is half of the weight of a first load. */
const contractRoutes: Plugin = {
  name: 'contract-routes',
  load: (id) => (id === ROUTES_FILE ? `export const ROUTES = ${JSON.stringify(ROUTES)};` : undefined),
};

/** Everything that the entry needs goes into one file, because a request costs more than its bytes. */
const FIRST_CHUNK = { name: 'first', tags: ['$initial' as const] };

/** So do small modules of three pages or more. Texts do not, because each page loads only its own. */
const SHARED_CHUNK = {
  name: 'shared',
  test: /^(?!.*[\\/](texts|en[\\/]\w+)\.ts$)/,
  minShareCount: 3,
  maxModuleSize: 1_500,
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractRoutes, svelte({ configFile: `${import.meta.dirname}/svelte.config.js` })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows files of the site only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [FIRST_CHUNK, SHARED_CHUNK] },
      },
    },
  },
  server: { host: '127.0.0.1', port, strictPort: true, proxy },
  preview: { host: '127.0.0.1', port, strictPort: true, proxy },
});
