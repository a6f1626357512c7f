// The first file of `npm run outside`, like start.mjs.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';

const help = `npm run outside — lists the payments to the outside wallet, to which every account may withdraw.

It asks the node of the running sandbox. The wallet is in the data folder, in outside/.`;

await begin({
  command: 'npm run outside',
  known: [],
  help,
  main: join(import.meta.dirname, 'commands', 'outside.ts'),
});
