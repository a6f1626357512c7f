import { ownerOf } from '../data/data-folder.ts';
import { startInBackground } from './background.ts';
import { serve } from './serve.ts';
import { readProduction } from './settings.ts';

async function main(args: string[]): Promise<number> {
  const production = readProduction(process.env);
  const { dataDir } = production;
  const owner = ownerOf(dataDir);
  if (owner) {
    const runs = `Production mode is already running: process ${owner} uses ${dataDir}.`;
    throw new Error(`${runs}\nStop it: npm run prod:stop`);
  }
  if (!args.includes('--foreground')) return startInBackground(dataDir);
  return serve(production, 'Ctrl-C, or npm run prod:stop, stops it.', () => {});
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
