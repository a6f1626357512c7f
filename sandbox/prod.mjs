// The first file of `npm run prod`, like start.mjs.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';
import { help } from './bootstrap/production-help.mjs';

const main = join(import.meta.dirname, 'production', 'main.ts');
await begin({ command: 'npm run prod', known: ['--foreground'], help, main });
