// What `npm start` runs first: plain Node 20, no dependency. It installs what is missing, then hands over to
// main.ts under the project's own Node.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';
import { help } from './bootstrap/help.mjs';

const main = join(import.meta.dirname, 'main.ts');
await begin({ command: 'npm start', known: ['--reset', '--yes', '--dev'], help, main });
