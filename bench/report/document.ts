import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartName } from '../part.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const file = join(docs, 'benchmarks.md');
const plots = join(docs, 'benchmarks');

const begin = (part: string) =>
  part === 'comparison'
    ? '<!-- comparison: written by npm run bench -->'
    : `<!-- ${part}: written by npm run bench -- ${part} -->`;
const END = '<!-- end -->';

/**
 * Replaces a section of the document between its two comments. The rest of the text stays.
 *
 * @throws an Error if the document has no such section
 */
export function withSection(text: string, name: string, markdown: string): string {
  const from = text.indexOf(begin(name));
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0)
    throw new Error(`docs/benchmarks.md has no place for ${name}: ${begin(name)} … ${END}`);
  return `${text.slice(0, from)}${begin(name)}\n\n${markdown.trim()}\n\n${text.slice(to)}`;
}

/** Writes a section of docs/benchmarks.md, and its plots into the folder beside it. */
export function writeSection(
  part: PartName | 'comparison',
  markdown: string,
  svgs: Record<string, string>,
): void {
  if (!existsSync(file)) throw new Error(`${file} is missing.`);
  writeFileSync(file, withSection(readFileSync(file, 'utf8'), part, markdown));
  mkdirSync(plots, { recursive: true });
  for (const [name, svg] of Object.entries(svgs)) writeFileSync(join(plots, name), svg);
}
