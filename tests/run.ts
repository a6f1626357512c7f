import { check } from './check/check.ts';
import { runJest } from './run/jest.ts';
import { type Playground, startPlayground } from './run/playground.ts';
import { keepTallies, lastLines, type Tally } from './run/tally.ts';

const begun = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${line.replaceAll('\n', '\n          ')}`);
};

const [only = '', monero = '', ...patterns] = process.argv.slice(2);
const suites = only.split(',');
const alone = suites.filter((suite) => ['unit', 'package', 'cost', 'simulation', 'sandbox'].includes(suite));
const withSandbox = suites.filter((suite) => ['ports', 'journeys', 'browser'].includes(suite));

const abort = new AbortController();
const { signal } = abort;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => abort.abort());
process.on('disconnect', () => abort.abort());

const tallies: Tally[] = [];
const failure = (suite: string): Tally => ({ suite, passed: 0, failed: 1, skipped: 0, seconds: 0 });

async function checked(): Promise<Tally> {
  const results = await check(say, { signal });
  const failed = results.filter(({ complaints }) => complaints.length > 0).length;
  const seconds = Math.max(...results.map((result) => result.seconds));
  return { suite: 'check', passed: results.length - failed, failed, skipped: 0, seconds };
}

async function ranInTurn(projects: string[], env: Record<string, string> = {}): Promise<void> {
  for (const project of projects) {
    if (signal.aborted) return;
    say(`${project} …`);
    const tally = await runJest({ project, patterns, env, signal });
    tallies.push({ ...tally, suite: `${project} ${monero}`.trimEnd() });
  }
}

async function ranWithSandbox(): Promise<void> {
  if (signal.aborted) return;
  let playground: Playground | undefined;
  const onLost = ({ message }: Error) => {
    if (signal.aborted) return;
    say(`The sandbox was lost: ${message}`);
    tallies.push(failure('sandbox'));
    abort.abort();
  };
  try {
    say('a sandbox of our own …');
    playground = await startPlayground({ say, signal, onLost });
    await ranInTurn(withSandbox, playground.env);
  } catch (error) {
    say((error as Error).message);
    tallies.push(failure('sandbox'));
  } finally {
    await playground?.stop({ keepLogs: tallies.some(({ failed }) => failed > 0) });
    say('the sandbox is stopped, its data removed');
  }
}

if (suites.includes('check')) {
  say('check …');
  tallies.push(await checked());
}
// The two groups share no process, port or folder.
await Promise.all([ranInTurn(alone), withSandbox.length > 0 ? ranWithSandbox() : undefined]);
if (signal.aborted) tallies.push(failure('stopped'));

console.log(`\n${lastLines(keepTallies(tallies)).join('\n')}`);
process.exit(tallies.some(({ failed }) => failed > 0) ? 1 : 0);
