import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from '../meter/usage.ts';

const fileOf = (part: string) => join(import.meta.dirname, `${part}.json`);

/** The expected figures of a part of the bench, from its file. */
export const expected = <T>(part: string): T => JSON.parse(readFileSync(fileOf(part), 'utf8'));

/** Stores the measured figures as the expected ones. */
export const accept = (part: string, figures: object): void =>
  writeFileSync(fileOf(part), `${JSON.stringify(figures, undefined, 2)}\n`);

type Figures = Record<string, number>;

/** A line for each figure that differs from the expected one. */
export function changes(wanted: Record<string, Counts>, found: Record<string, Counts>): string[] {
  const labels = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return labels.flatMap((label) => {
    if (!wanted[label]) return [`${label}: is new`];
    if (!found[label]) return [`${label}: is not measured any more`];
    const [was, is] = [wanted[label] as Figures, found[label] as Figures];
    const other = Object.keys(was).filter((name) => was[name] !== is[name]);
    return other.map((name) => `${label}: ${name} ${was[name]} expected, ${is[name]} now`);
  });
}

/** A line for each figure above its ceiling, or without one. */
export function overCeilings(ceilings: Figures, found: Figures): string[] {
  return Object.entries(found).flatMap(([label, value]) => {
    const ceiling = ceilings[label];
    if (ceiling === undefined) return [`${label}: has no ceiling`];
    return value > ceiling ? [`${label}: ${ceiling} at most expected, ${value} now`] : [];
  });
}

/** @throws an Error with every line and with the command that accepts the changes, if there are lines */
export function refuseChanges(part: string, lines: string[]): void {
  if (lines.length === 0) return;
  throw new Error(
    [
      `${part} has changed:`,
      ...lines.map((line) => `  ${line}`),
      `If it is meant: npm run bench -- ${part} --accept`,
    ].join('\n'),
  );
}
