// The first file of `npm run outside`, like start.mjs.
import { join } from 'node:path';
import { begin } from './bootstrap/begin.mjs';

const help = `npm run outside — what arrived in the wallet outside the house, to which anybody here may withdraw.

It asks the node of the running sandbox. The wallet itself lies in the data folder, in outside/.`;

await begin({
  command: 'npm run outside',
  known: [],
  help,
  main: join(import.meta.dirname, 'commands', 'outside.ts'),
});
