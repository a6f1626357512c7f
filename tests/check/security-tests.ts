import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 'docs/security.md';
const LINK = /\["([^\]]+)"\]\(\.\.\/([^)\s]+)\)/g;
/** The title of a test, or of the tests that `test.each` makes. */
const TITLE = /(?:\btest|\)|\])\(\s*(['"`])(.*?)(?<!\\)\1,/g;

/** Rows of the page without a test or a reason why there is none, and links whose file has no test of that title. */
export function securityTestFaults(root: string): string[] {
  const rows = readFileSync(join(root, PAGE), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| requirement |'));
  return rows.flatMap((row) => {
    const links = [...row.matchAll(LINK)];
    if (links.length === 0 && !/\| No test:/.test(row))
      return [`${PAGE}: names no test, and no reason after "No test:": ${row}`];
    return links
      .filter(([, title = '', file = '']) => !titlesIn(join(root, file)).has(title))
      .map(([, title, file]) => `${PAGE}: ${file} has no test "${title}"`);
  });
}

function titlesIn(file: string): Set<string> {
  if (!existsSync(file)) return new Set();
  return new Set([...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, , title = '']) => title));
}
