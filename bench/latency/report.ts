import { columns, table } from '../report/markdown.ts';
import { bars } from '../report/plot.ts';
import type { Summary } from './load.ts';
import { LOGINS, type Waited } from './logins.ts';
import type { Moved } from './moves.ts';
import type { Measured } from './targets.ts';

const MOVES_AIM = 0.9;
/** Aim for the 95th percentile of getMe during logins, in ms. */
const GET_ME_P95_AIM_MS = 25;

/** Ratios of the times and of the calls per second. */
const ratios = (ours: Summary, bare: Summary) => [
  ours.p50 / bare.p50,
  ours.p95 / bare.p95,
  ours.p99 / bare.p99,
  ours.aSecond / bare.aSecond,
];

export function sectionOf(
  measured: readonly Measured[],
  moved: readonly Moved[],
  waited: readonly Waited[],
): string {
  const tableAt = (workers: number) =>
    table(
      ['operation', 'bare p50, ms', ...headOf('in process'), ...headOf('sls offline')],
      measured
        .filter((one) => one.workers === workers)
        .map(({ label, bare, inProcess, offline }) => [
          label,
          bare.p50,
          ...ratios(inProcess, bare),
          ...ratios(offline, bare),
        ]),
    );
  return `The bare server is a Node process that makes the same calls to the engine, in the same order and side by side
where ours are, without their conditions, and answers with as many bytes. Ratios to it, measured in turns: times (above
1 ours takes longer) and calls a second (below 1 ours does fewer). In process the handler is called directly, so no HTTP
is in it; \`sls offline\` is the emulated gateway, which is in no deploy. \`logIn\` checks a password with argon2id, which
takes its time on purpose.

![Ratios](benchmarks/latency.svg)

One client:

${tableAt(1)}

Sixteen clients:

${tableAt(16)}

### Ledger moves

Holds and posts through the adapter, and the very same transactions sent by a bare client (aim: ${MOVES_AIM} of its
transactions a second).

${table(
  ['moves', 'clients', 'p50', 'p95', 'p99', 'a second'],
  moved.map(({ label, workers, ours, bare }) => [label, `${workers}`, ...ratios(ours, bare)]),
)}

### While ${LOGINS} people log in

Milliseconds through \`sls offline\`, where one process runs all functions, so that a hash which blocks it would show in
every answer (aim: p95 of getMe under ${GET_ME_P95_AIM_MS} ms).

${table(WAITED_HEAD, waited.map(waitedRow))}`;
}

const WAITED_HEAD = ['calls', 'p50', 'p95', 'longest', 'how many', 'failed'];
const waitedRow = ({ label, p50, p95, longest, calls, failed }: Waited) => [
  label,
  p50,
  p95,
  longest,
  calls,
  failed,
];

const headOf = (name: string) => [`${name} p50`, 'p95', 'p99', 'a second'];

export const terminalOf = (
  measured: readonly Measured[],
  moved: readonly Moved[],
  waited: readonly Waited[],
): string =>
  [
    columns([
      ['p50, ratio to bare', 'clients', 'bare ms', 'in process', 'sls offline'],
      ...measured.map(({ label, workers, bare, inProcess, offline }) => [
        ...[label, `${workers}`, bare.p50, inProcess.p50 / bare.p50, offline.p50 / bare.p50],
      ]),
    ]),
    columns([
      ['moves a second, ratio to bare', 'clients', 'ratio'],
      ...moved.map(({ label, workers, ours, bare }) => [label, `${workers}`, ours.aSecond / bare.aSecond]),
    ]),
    columns([WAITED_HEAD, ...waited.map(waitedRow)]),
  ].join('\n\n');

export const plotOf = (measured: readonly Measured[]): string =>
  bars({
    title: 'p50 of one client, as a ratio to a bare server',
    names: ['in process', 'more through sls offline'],
    bars: measured
      .filter(({ workers }) => workers === 1)
      .map(({ label, bare, inProcess, offline }) => {
        const inside = inProcess.p50 / bare.p50;
        return { label, values: [inside, Math.max(0, offline.p50 / bare.p50 - inside)] };
      }),
  });
