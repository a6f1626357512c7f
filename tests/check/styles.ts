import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'web/src';
const TOKENS = `${FOLDER}/tokens.css`;
const RAW_SIZE =
  /^\s*((?:(?:row-|column-)?gap|(?:padding|margin)[a-z-]*|font-size|font):.*\d(?:rem|px)\b.*)$/;
const MEDIA_WIDTH = /@media.*width\b.*?(\d[\d.]*(?:rem|px))/;

/** Lines of a style sheet that size spacing or type without a token, or have a breakpoint that is not `allowed`. */
export function rawSizes(source: string, allowed: readonly string[]): string[] {
  return source.split('\n').flatMap((line, index) => {
    const [, declaration] = RAW_SIZE.exec(line) ?? [];
    const [, width] = MEDIA_WIDTH.exec(line) ?? [];
    const fault = declaration ?? (width !== undefined && !allowed.includes(width) && `@media width ${width}`);
    return fault ? [`${index + 1} ${fault}`] : [];
  });
}

/** The breakpoints that a token sheet declares: `--breakpoint-narrow: 40rem`. */
export const breakpointsOf = (tokens: string): string[] =>
  [...tokens.matchAll(/--breakpoint-[a-z]+: ([^;]+);/g)].map(([, width]) => width!);

/** Sizes in the site's style sheets that belong into its tokens, each as `file:line declaration`. */
export function stylesWithoutTokens(root: string): string[] {
  const allowed = breakpointsOf(readFileSync(join(root, TOKENS), 'utf8'));
  return readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' })
    .map((path) => `${FOLDER}/${path}`)
    .filter((path) => /\.(css|svelte)$/.test(path) && path !== TOKENS)
    .flatMap((path) =>
      rawSizes(readFileSync(join(root, path), 'utf8'), allowed).map((fault) => `${path}:${fault}`),
    );
}
