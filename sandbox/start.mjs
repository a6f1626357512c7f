// The first file of `npm start`, on plain Node 20 without dependencies. It installs missing parts, then runs
// commands/start.ts on the project's own Node.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';
import { help } from './bootstrap/help.mjs';

const main = join(import.meta.dirname, 'commands', 'start.ts');
await begin({ command: 'npm start', known: ['--reset', '--yes', '--dev'], help, main });
