import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVARIANTS } from './auditor/invariants.ts';
import { FAULTS } from './faults/faults.ts';
import { happen } from './happenings.ts';
import { Scene } from './scene.ts';

async function traceOf(seed: number, steps: number) {
  const scene = new Scene(seed, steps);
  await scene.begin();
  while (scene.step < steps) await scene.advance(() => happen(scene));
  return scene.trace.slice(-steps);
}

test('a seed repeats its run, and another seed gives another run', async () => {
  const first = await traceOf(7, 400);
  expect(first.length).toBeGreaterThan(100);
  expect(await traceOf(7, 400)).toEqual(first);
  expect(await traceOf(8, 400)).not.toEqual(first);
}, 60_000);

test('every invariant has a planted fault, and every fault its own name', () => {
  expect(new Set(FAULTS.map(({ finds }) => finds))).toEqual(new Set(Object.keys(INVARIANTS)));
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

test('the documentation names every invariant, and every fault with its invariant', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'simulation.md'), 'utf8');
  for (const [name, holds] of Object.entries(INVARIANTS))
    expect(page).toContain(`| \`${name}\` | ${holds} |`);
  for (const { name, description, finds } of FAULTS)
    expect(page).toContain(`| \`${name}\` | ${description} | \`${finds}\` |`);
});
