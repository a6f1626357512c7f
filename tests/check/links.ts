import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Links of the README and docs to files of ours that are not there, each as `file: target`. */
export function deadLinks(root: string): string[] {
  const docs = join(root, 'docs');
  const pages = [
    ...readdirSync(root).map((name) => join(root, name)),
    ...(existsSync(docs) ? readdirSync(docs, { recursive: true, encoding: 'utf8' }) : []).map((name) =>
      join(docs, name),
    ),
  ];
  return pages
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) =>
      targetsIn(readFileSync(page, 'utf8'))
        .filter((target) => !existsSync(join(dirname(page), decodeURI(target))))
        .map((target) => `${relative(root, page)}: ${target}`),
    );
}

function targetsIn(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)[^)]*\)|<img[^>]* src="([^"]+)"/g)];
  const targets = links.map(([, link, image]) => (link ?? image ?? '').replace(/#.*$/, ''));
  return targets.filter((target) => target && !/^[a-z]+:/.test(target));
}
