import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageInto } from '#deploy/serverless.ts';
import { environmentToLoad, functionsIn, unpack } from '#tests/package/packages.ts';
import { median } from '../report/numbers.ts';

export type Packed = { name: string; zipBytes: number; initMs: number; emptyInitMs: number };

const EMPTY = 'export const handler = async () => ({});\n';
const ROUNDS = 9;

/**
 * The size of each function's zip, and the time to load its code in a new process: the median of several rounds. Each
 * round also loads an empty handler as the baseline.
 */
export async function packedFunctions(folder: string, say: (line: string) => void): Promise<Packed[]> {
  say('packaging every function');
  await packageInto(folder);
  const names = functionsIn(folder);
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, EMPTY);
  const files = new Map(names.map((name) => [name, unpack(folder, name)]));
  const times = new Map<string, number[]>([empty, ...files.values()].map((file) => [file, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    say(`loading each of them, round ${round} of ${ROUNDS}`);
    for (const [file, found] of times) found.push(loadMs(file));
  }
  return names.map((name) => ({
    name,
    zipBytes: statSync(join(folder, `${name}.zip`)).size,
    initMs: median(times.get(files.get(name)!)!),
    emptyInitMs: median(times.get(empty)!),
  }));
}

function loadMs(file: string): number {
  const script = `const begun = performance.now(); await import(${JSON.stringify(file)});
    console.log(performance.now() - begun); process.exit(0);`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { env: environmentToLoad, encoding: 'utf8' }));
}
