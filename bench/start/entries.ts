import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const functions = join(import.meta.dirname, '..', '..', 'functions');

/** The source file of each function, by its name, as the functions.yml declare them. */
export function functionEntries(): Map<string, string> {
  const files = readdirSync(functions, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('functions.yml'))
    .map((file) => readFileSync(join(functions, file), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/^(\w+):\n {2}handler: (\S+)\.handler$/gm)]);
  return new Map(found.map(([, name, path]) => [name!, `${path}.ts`]));
}
