import { expected, overCeilings } from '../expected/expected.ts';
import type { Found, Part } from '../part.ts';
import { columns, figure, table } from '../report/markdown.ts';
import { bars } from '../report/plot.ts';
import { inFolder } from '../sandbox.ts';
import { functionEntries } from './entries.ts';
import { type Packed, packedFunctions } from './functions.ts';
import { heaviestModules } from './modules.ts';
import { IDLE_SECONDS, type Started, secondStart } from './second-start.ts';

const AIMS = { readySeconds: 8, mebibytes: 600, zipBytes: 300_000, initAboveEmptyMs: 100 };
/** Functions with the wallet's library. Their load time matters less, because they run in the background. */
const PAYING = ['payWithdrawals', 'watchDeposits'];
/** Factor by which a zip may grow with a new version of a package before the check fails. */
const ROOM = 1.02;

type Heavy = Map<string, string>;

/** Measures a start by part, memory by process, and each function's zip: bytes, load time, and largest contents. */
export const start: Part = async (hands): Promise<Found> => {
  const started = await secondStart(hands);
  const packed = await inFolder((folder) => packedFunctions(folder, hands.say));
  const heavy: Heavy = new Map();
  for (const [name, entry] of functionEntries()) {
    const modules = await heaviestModules(entry);
    heavy.set(name, modules.map(({ name: module, bytes }) => `${module} ${kilobytes(bytes)} kB`).join(', '));
  }
  const sizes = Object.fromEntries(packed.map(({ name, zipBytes }) => [name, zipBytes]));
  return {
    markdown: `${startTable(started)}\n\n${functionTable(packed, heavy)}`,
    plots: { 'start.svg': plot(started), 'zips.svg': zipPlot(packed) },
    lines: terminal(started, packed),
    expectations: { zips: ceilingsOf(sizes) },
    complaints: overCeilings(expected<Record<string, number>>('zips'), sizes),
    figures: {
      readySeconds: started.readySeconds,
      mebibytes: total(started),
      processes: started.memory.length,
    },
  };
};

const kilobytes = (bytes: number) => Math.round(bytes / 1000);
const total = ({ memory }: Started) => memory.reduce((sum, { mebibytes }) => sum + mebibytes, 0);
const ceilingsOf = (sizes: Record<string, number>) =>
  Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, Math.ceil(bytes * ROOM)]));

function startTable(started: Started): string {
  const { parts, readySeconds, memory } = started;
  const times = parts.map(({ part, seconds }) => [part, seconds, seconds / readySeconds]);
  const weights = memory.map(({ name, mebibytes }) => [
    name,
    Math.round(mebibytes),
    mebibytes / total(started),
  ]);
  return `A second start on the same folder, as \`npm start\` prints it. Parts start side by side; ready means that
/healthz says ok and the two demo accounts are there. Memory is what each process has for itself and its part of what
several share (Linux's \`Pss\`), idle for ${IDLE_SECONDS} s after the start.

![Memory of each process](benchmarks/start.svg)

${table(['part', 'serves after, s', 'of the whole'], [...times, ['ready', readySeconds, 1]])}

Ready after **${figure(readySeconds)} s** (aim: ${AIMS.readySeconds} s), **${Math.round(total(started))} MiB** in
${memory.length} kinds of processes (aim: ${AIMS.mebibytes} MiB).

${table(['process', 'MiB', 'of the whole'], weights)}`;
}

function functionTable(packed: readonly Packed[], heavy: Heavy): string {
  const rows = packed.map(({ name, zipBytes, initMs, emptyInitMs }) => [
    name,
    kilobytes(zipBytes),
    Math.round(initMs - emptyInitMs),
    initMs / emptyInitMs,
    verdict({ name, zipBytes, initMs, emptyInitMs }),
    heavy.get(name) ?? '',
  ]);
  const head = ['function', 'zip, kB', 'loads, ms above empty', '× empty', 'aim', 'heaviest in the bundle'];
  return `### Functions

A zip's bytes, and how long its code takes to load in a fresh Node process, beside an empty handler loaded in the same
rounds (medians). Aim for those that do not pay: ${kilobytes(AIMS.zipBytes)} kB, and ${AIMS.initAboveEmptyMs} ms above
the empty one. \`npm test\` holds the bytes against \`bench/expected/zips.json\`.

![Bytes of each zip](benchmarks/zips.svg)

${table(head, rows)}`;
}

function verdict({ name, zipBytes, initMs, emptyInitMs }: Packed): string {
  if (PAYING.includes(name)) return 'pays';
  const missed = [
    zipBytes > AIMS.zipBytes ? 'too large' : '',
    initMs - emptyInitMs > AIMS.initAboveEmptyMs ? 'too slow' : '',
  ];
  return missed.filter(Boolean).join(', ') || 'met';
}

const terminal = (started: Started, packed: readonly Packed[]) =>
  [
    columns([
      ['part', 's'],
      ...started.parts.map(({ part, seconds }) => [part, seconds]),
      ['ready', started.readySeconds],
    ]),
    columns([
      ['process', 'MiB'],
      ...started.memory.map(({ name, mebibytes }) => [name, Math.round(mebibytes)]),
    ]),
    columns([
      ['function', 'zip kB', 'ms above empty'],
      ...packed.map(({ name, zipBytes, initMs, emptyInitMs }) => [
        name,
        kilobytes(zipBytes),
        Math.round(initMs - emptyInitMs),
      ]),
    ]),
  ].join('\n\n');

const plot = ({ memory }: Started) =>
  bars({
    title: 'Memory after a second start, MiB',
    names: [],
    bars: memory.map(({ name, mebibytes }) => ({ label: name, values: [Math.round(mebibytes)] })),
  });

const zipPlot = (packed: readonly Packed[]) =>
  bars({
    title: 'Zip of each function, kB',
    names: [],
    bars: packed.map(({ name, zipBytes }) => ({ label: name, values: [kilobytes(zipBytes)] })),
  });
