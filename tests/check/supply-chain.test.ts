import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Installed = {
  resolved?: string;
  integrity?: string;
  deprecated?: string;
};

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8'));

const { packages } = read('package-lock.json') as { packages: Record<string, Installed> };
const manifest = read('package.json') as Record<string, Record<string, string | boolean>>;
/** All packages but our own, each with its place in node_modules. */
const installed = Object.entries(packages).filter(([place]) => place !== '');

/** A package whose place is left out comes from the registry that npm is set to. */
const REGISTRY = 'https://registry.npmjs.org/';

test('every package of the lock file comes from a registry and has a digest', () => {
  expect(installed.length).toBeGreaterThan(100);
  const others = installed.filter(
    ([, { resolved = REGISTRY, integrity = '' }]) =>
      !resolved.startsWith(REGISTRY) || !integrity.startsWith('sha512-'),
  );
  expect(others.map(([place]) => place)).toEqual([]);
});

test('no package of the lock file is deprecated', () => {
  expect(installed.filter(([, { deprecated }]) => deprecated !== undefined).map(([place]) => place)).toEqual(
    [],
  );
});

test('every direct dependency has an exact version', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  }))
    expect([name, version]).toEqual([name, expect.stringMatching(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/)]);
});

test('only two packages may run a script when they are installed', () => {
  expect(manifest.allowScripts).toEqual({ argon2: true, node: true });
});
