import { fork } from 'node:child_process';
import { join } from 'node:path';
import { accept } from './expected/expected.ts';
import { help, readOptions } from './options.ts';
import { type Found, PARTS, type PartName } from './part.ts';
import { comparison, type Figures } from './report/comparison.ts';
import { writeSection } from './report/document.ts';

const begun = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${line.replaceAll('\n', '\n          ')}`);
};

const abort = new AbortController();

/** Measures one part in a separate process, because the functions read their environment once. */
function measured(part: PartName): Promise<Found> {
  return new Promise((resolve, reject) => {
    // A separate process group, so that a Ctrl-C in the terminal reaches only this process.
    const child = fork(join(import.meta.dirname, 'run-part.ts'), [part], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      detached: true,
    });
    const end = () => child.kill('SIGTERM');
    abort.signal.addEventListener('abort', end, { once: true });
    let found: Found | undefined;
    child.on('message', (message: { line: string } | { found: Found }) => {
      if ('line' in message) say(`${part}: ${message.line}`);
      else found = message.found;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      abort.signal.removeEventListener('abort', end);
      if (found) resolve(found);
      else reject(new Error(`${part} could not be measured (it ended with ${code}).`));
    });
  });
}

async function main(): Promise<number> {
  const { parts, accept: accepting, wantsHelp, wrong } = readOptions(process.argv.slice(2));
  if (wrong) console.error(`${wrong} See npm run bench -- --help`);
  if (wantsHelp) console.log(help);
  if (wrong || wantsHelp) return wrong ? 2 : 0;

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => abort.abort());
  process.on('disconnect', () => abort.abort());
  let off = 0;
  const all: Figures = {};
  for (const part of parts) {
    if (abort.signal.aborted) return 1;
    say(`${part} …`);
    const { markdown, plots, lines, expectations, complaints, figures } = await measured(part);
    for (const [name, value] of Object.entries(figures)) all[`${part}.${name}`] = value;
    console.log(`\n${lines}\n`);
    writeSection(part, markdown, plots);
    if (accepting) for (const [name, kept] of Object.entries(expectations)) accept(name, kept);
    else off += complaints.length;
    for (const complaint of accepting ? [] : complaints) say(`${part}: ${complaint}`);
  }
  if (parts.length === PARTS.length) writeSection('comparison', comparison(all), {});
  say(off > 0 ? 'Not all is as expected. If it is meant, add --accept.' : 'docs/benchmarks.md is written.');
  return off > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
