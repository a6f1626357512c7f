import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 'docs/adr/0038-named-packages.md';
/** A row of its table; the first cell is the name that was asked for. */
const ROW = /^\| `(\S+)` \|.*$/gm;
/** A package with the beginning of its version, such as `svelte@5`. */
const PACKAGE = /`((?:@[\w-]+\/)?[\w-]+@[\d.]+)`/g;

type Versions = Record<string, string>;

/** Names with their versions. An alias (`npm:osls@4.3.1`) counts as the package behind it. */
function installed(root: string): string[] {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Versions>;
  return Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) =>
    version.startsWith('npm:') ? version.slice('npm:'.length) : `${name}@${version}`,
  );
}

/** Rows of docs/adr/0038-named-packages.md whose packages package.json lacks in these versions, a line each. */
export function namedPackageFaults(root: string): string[] {
  const known = installed(root);
  const rows = [...readFileSync(join(root, PAGE), 'utf8').matchAll(ROW)];
  return rows.flatMap(([row, asked]) => {
    const named = [...row.matchAll(PACKAGE)].map(([, name]) => name!);
    if (named.length === 0) return [`${PAGE}: ${asked} has no package with a version`];
    return named
      .filter((name) => !known.some((other) => other.startsWith(`${name}.`)))
      .map((name) => `${PAGE}: package.json has no ${name}`);
  });
}
