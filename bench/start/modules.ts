import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const HEAVIEST = 4;

type Esbuild = Pick<BuildOptions, 'minify' | 'keepNames' | 'target' | 'mainFields' | 'alias'>;

/** The largest packages and own folders in a function's bundle, with their bytes in it. */
export async function heaviestModules(entry: string): Promise<{ name: string; bytes: number }[]> {
  const tags = ['!GetAtt', '!Sub', '!Ref'].map((tag) => ({ tag, resolve: (value: string) => value }));
  const { custom } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), { customTags: tags });
  const { minify, keepNames, target, mainFields, alias } = custom.esbuild as Esbuild;
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'error',
    format: 'esm',
    platform: 'node',
    minify,
    keepNames,
    target,
    mainFields,
    alias,
    absWorkingDir: root,
  });
  const [output] = Object.values(metafile!.outputs);
  const weights = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output!.inputs)) {
    const name = moduleOf(path);
    weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
  }
  const sorted = [...weights].sort(([, a], [, b]) => b - a).slice(0, HEAVIEST);
  return sorted.map(([name, bytes]) => ({ name, bytes }));
}

/** `@scope/package` for a path in node_modules, else the top folder. */
function moduleOf(path: string): string {
  const [, scoped] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return scoped ?? `${path.split('/', 1)[0]}/`;
}
