import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { simulate } from '../simulate.ts';
import { type Patch, patched } from './patches.ts';

const root = join(import.meta.dirname, '..', '..');

/** A cache of checked addresses, because a check takes 2 ms and the simulation repeats the same few. */
const REMEMBERED_ADDRESSES: readonly Patch[] = [
  {
    file: 'core/chain/address.ts',
    search: 'export function parseAddress(',
    replace: `const parsed = new Map<string, ReturnType<typeof parse>>();
export function parseAddress(text: string, network: Network) {
  const key = network + text;
  if (!parsed.has(key)) parsed.set(key, parse(text, network));
  return parsed.get(key)!;
}
function parse(`,
  },
];

function patching(patches: readonly Patch[]): Plugin {
  const waiting = new Set(patches.map(({ file }) => file));
  return {
    name: 'patches',
    setup({ onLoad, onEnd }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative(root, path);
        const own = patches.filter((patch) => patch.file === file);
        if (own.length === 0) return undefined;
        waiting.delete(file);
        return { contents: patched(await readFile(path, 'utf8'), file, own), loader: 'ts' };
      });
      onEnd(() => {
        if (waiting.size > 0) throw new Error(`the simulation has no module ${[...waiting].join(', ')}`);
      });
    },
  };
}

/** The simulation as one ES module for browsers, with patches applied. A module of Node would fail the build. */
async function builtText(patches: readonly Patch[] = []): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'simulation', 'simulate.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'silent',
    plugins: [patching([...REMEMBERED_ADDRESSES, ...patches])],
  });
  return outputFiles[0]!.text;
}

/** The simulation, built and loaded. */
export async function built(patches?: readonly Patch[]): Promise<typeof simulate> {
  const text = Buffer.from(await builtText(patches)).toString('base64');
  const loaded = (await import(`data:text/javascript;base64,${text}`)) as { simulate: typeof simulate };
  return loaded.simulate;
}
