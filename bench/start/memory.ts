import { readFileSync } from 'node:fs';

type Process = { pid: number; command: string };
export type Weighed = { name: string; mebibytes: number };

/** Parts of command lines, and the process's name in the report. The first match counts. */
const NAMES: [words: string, name: string][] = [
  ['tables-guard', 'guard of the database'],
  ['dynoxide', 'database'],
  ['queue-server', 'queue'],
  ['monerod', 'monerod'],
  ['monero-wallet-rpc', 'wallet-rpc'],
  ['serverless.js offline', 'functions, all of them, and the gateway'],
  ['sandbox/commands/start.ts', 'npm start itself, and the site'],
  ['watchdog', 'watchdog'],
  ['start.mjs', 'the first program of npm start'],
  ['npm', 'npm'],
];

const nameOf = (command: string) => NAMES.find(([words]) => command.includes(words))?.[1] ?? 'other';

/**
 * Memory of each process, with its share of shared memory (Linux's `Pss`).
 *
 * @returns an empty list if the system does not report it
 */
export function weigh(processes: readonly Process[]): Weighed[] {
  const found = new Map<string, number>();
  for (const { pid, command } of processes) {
    const mebibytes = shareOf(pid);
    if (mebibytes === undefined) continue;
    found.set(nameOf(command), (found.get(nameOf(command)) ?? 0) + mebibytes);
  }
  return [...found]
    .map(([name, mebibytes]) => ({ name, mebibytes }))
    .sort((a, b) => b.mebibytes - a.mebibytes);
}

function shareOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
