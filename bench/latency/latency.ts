import type { Found, Part } from '../part.ts';
import { type BenchRun, onSandbox } from '../sandbox.ts';
import { summaryOf, type Timed } from './load.ts';
import { LOGINS, whileOthersLogIn } from './logins.ts';
import { type Moved, moves } from './moves.ts';
import { plotOf, sectionOf, terminalOf } from './report.ts';
import { type Measured, openTargets, round, type TargetName, type Targets, teach } from './targets.ts';
import { WORKS, type Work } from './works.ts';

const CONCURRENCIES = [1, 16];
const ROUNDS = 3;
/** Number of calls in a round, by number of workers. */
const CALLS = { 1: 25, 16: 64 } as Record<number, number>;
/** Fewer calls for operations that hash, because hashing is slow by design. */
const FEWER: Record<string, number> = { logIn: 16 };
const NAMES: TargetName[] = ['bare', 'inProcess', 'offline'];

/**
 * Times each operation in process and through `sls offline`, compared with a server that only makes the same database
 * requests.
 */
export const latency: Part = (hands): Promise<Found> =>
  onSandbox(['dynamodb', 'queue', 'chain', 'functions'], hands, async (sandbox) => {
    hands.say('opening accounts');
    const targets = await openTargets(sandbox, Math.max(...CONCURRENCIES));
    try {
      const measured = await timesOf(targets, hands);
      hands.say('ledger moves against bare transactions');
      const moved = await moves(targets.client, sandbox.env.LEDGER_TABLE!);
      hands.say(`getMe while ${LOGINS} log in`);
      const waited = await whileOthersLogIn(targets.offline);
      return {
        markdown: sectionOf(measured, moved, waited),
        plots: { 'latency.svg': plotOf(measured) },
        lines: terminalOf(measured, moved, waited),
        expectations: {},
        complaints: [],
        figures: figuresOf(measured, moved),
      };
    } finally {
      targets.bare.stop();
    }
  });

async function timesOf(targets: Targets, { say }: BenchRun): Promise<Measured[]> {
  const found: Measured[] = [];
  for (const work of WORKS) {
    say(work.label);
    await teach(targets, work);
    for (const workers of CONCURRENCIES) found.push(await oneOf(targets, work, workers));
  }
  return found;
}

/**
 * Alternates between the targets, so that other load on the machine affects all of them. The first round is a warm-up,
 * and is not counted.
 */
async function oneOf(targets: Targets, work: Work, workers: number): Promise<Measured> {
  const calls = FEWER[work.label] ?? CALLS[workers]!;
  const rounds: Record<TargetName, Timed[]> = { bare: [], inProcess: [], offline: [] };
  for (const name of NAMES) await round(targets, name, work, 1, 3);
  for (let n = 0; n < ROUNDS; n++) {
    for (const name of NAMES)
      rounds[name].push(await round(targets, name, work, workers, Math.ceil(calls / workers)));
  }
  const { bare, inProcess, offline } = rounds;
  return {
    label: work.label,
    workers,
    bare: summaryOf(bare),
    inProcess: summaryOf(inProcess),
    offline: summaryOf(offline),
  };
}

function figuresOf(measured: readonly Measured[], moved: readonly Moved[]): Record<string, number> {
  const times = measured.flatMap(({ label, workers, offline }) => [
    [`${label} ${workers} ms`, offline.p50],
    [`${label} ${workers} a second`, offline.aSecond],
  ]);
  const ratios = moved.map(({ label, workers, ours, bare }) => [
    `${label} ${workers} ratio`,
    ours.aSecond / bare.aSecond,
  ]);
  return Object.fromEntries([...times, ...ratios]);
}
