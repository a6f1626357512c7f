import { PARTS, type PartName } from './part.ts';

/** The text of `npm run bench -- --help`. */
export const help = `
npm run bench                      measures everything, in some minutes, into docs/benchmarks.md
npm run bench -- cost              one part, or several: ${PARTS.join(' ')}
npm run bench -- cost --accept     and keeps its counts as what npm test expects from now on
npm run bench -- --help            this

cost       units of DynamoDB, calls and requests to the queue, of each operation; dollars
scale      the same with up to 100,000 offers, trades, statement lines and users
latency    times as ratios to a bare server and to the bare engine, measured beside them
start      a start by part, memory, and what a function's zip weighs and takes to load
site       requests and bytes of each page, and what Lighthouse says of it
chain      withdrawals and deposits, beside the wallet's own transfer
live       how soon an open page knows of a change, by hint and by polling

Each part runs on ports and data of its own, removed afterwards. Times are only as good as the machine is quiet.
`;

export type Options = { parts: PartName[]; accept: boolean; wantsHelp: boolean; wrong: string };

/** @param args of the command line; `wrong` names unknown arguments, and is empty otherwise */
export function readOptions(args: string[]): Options {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const named = args.filter((arg) => !arg.startsWith('-'));
  const isPart = (name: string): name is PartName => (PARTS as readonly string[]).includes(name);
  const unknown = named.filter((name) => !isPart(name));
  const strangers = flags.filter((flag) => !['--accept', '--help', '-h'].includes(flag));
  const wrong = [
    unknown.length > 0 ? `There is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}.` : '',
    strangers.length > 0 ? `Unknown: ${strangers.join(' ')}.` : '',
  ];
  const parts = named.filter(isPart);
  return {
    parts: parts.length > 0 ? parts : [...PARTS],
    accept: flags.includes('--accept'),
    wantsHelp: flags.includes('--help') || flags.includes('-h'),
    wrong: wrong.filter(Boolean).join(' '),
  };
}
