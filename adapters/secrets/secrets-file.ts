import { readFileSync } from 'node:fs';

/**
 * Reads secrets of a JSON file, which a rotation of keys replaces as a whole.
 * @throws an Error that names the file, if it cannot be read or is no JSON
 */
export function secretsInFile(file: string, names: readonly string[]): Record<string, string | undefined> {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8'));
    return Object.fromEntries(names.map((name) => [name, content[name]]));
  } catch (cause) {
    throw new Error(`The secrets in ${file} cannot be read.`, { cause });
  }
}
