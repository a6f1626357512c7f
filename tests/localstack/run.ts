import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Team } from '#sandbox/processes/team.ts';
import { keepTallies, lastLines } from '#tests/run/tally.ts';
import { deployAndTry } from './deploy-and-try.ts';
import { givenEmulator, ownEmulator, useEmulator } from './emulator.ts';
import { expectIamToBeEnforced } from './iam.ts';
import { leftoversOf } from './leftovers.ts';
import { pythonTools } from './python-tools.ts';
import { StopWatch } from './stop-watch.ts';

const watch = new StopWatch();
const abort = new AbortController();
const { signal } = abort;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => abort.abort());
process.on('disconnect', () => abort.abort());

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-'));
mkdirSync(join(folder, 'logs'));
const onLost = ({ message }: Error) => {
  if (!signal.aborted) watch.say(`The emulator was lost: ${message}`);
  abort.abort();
};
const team = new Team({ say: watch.say, onLost });

const patterns = process.argv.slice(2);
// The part has printed its failure.
const tallies = await main().catch(() => []);
await team.stop();
const failed = watch.parts.filter((part) => part.failed).length + (signal.aborted ? 1 : 0);
const steps = { suite: 'deploy', passed: watch.parts.length - failed, failed, skipped: 0, seconds: 0 };
for (const { name, seconds, failed } of watch.parts)
  console.log(`${failed ? 'FAILED' : 'ok    '} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
const all = keepTallies([...tallies, steps]);
if (all.some((tally) => tally.failed > 0)) keepLogs();
rmSync(folder, { recursive: true, force: true });
console.log(`\n${lastLines(all).join('\n')}`);
process.exit([...tallies, steps].some((tally) => tally.failed > 0) ? 1 : 0);

async function main() {
  const { ministack, cfnLint } = await watch.part('Python tools, hash-pinned', () => pythonTools(signal));
  const emulator = givenEmulator() ?? (await watch.part('an emulator of our own', () => started(ministack)));
  useEmulator(emulator);
  await watch.part('IAM is enforced', expectIamToBeEnforced);
  const { stage, tallies } = await deployAndTry({ folder, cfnLint, patterns, watch, signal, onLost });
  await watch.part('nothing is left behind', async () => {
    const left = await leftoversOf(stage);
    if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
  });
  return tallies;
}

async function started(program: string) {
  const { spec, emulator } = await ownEmulator(program, folder);
  await team.start(spec);
  return emulator;
}

function keepLogs(): void {
  const logs = join(folder, 'logs');
  const kept = join(import.meta.dirname, '..', '..', 'test-results', 'logs');
  if (existsSync(logs)) cpSync(logs, kept, { recursive: true });
}
