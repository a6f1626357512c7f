// What `npm run prod` runs first, as start.mjs does for `npm start`.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';
import { help } from './bootstrap/production-help.mjs';

const main = join(import.meta.dirname, 'production', 'main.ts');
await begin({ command: 'npm run prod', known: ['--foreground'], help, main });
