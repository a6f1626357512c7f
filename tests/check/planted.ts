import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const configs = ['package.json', 'tsconfig.json', 'biome.json', '.dependency-cruiser.mjs', 'knip.json'];

/** A house of its own with our rules and packages, and only these files in it. */
export function plant(files: Record<string, string>) {
  const house = mkdtempSync(join(tmpdir(), 'pupero-planted-'));
  for (const name of configs) cpSync(join(root, name), join(house, name));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  return {
    house,
    /** Runs a program of node_modules in it; resolves with all it printed. */
    run: (program: string, ...args: string[]) =>
      new Promise<string>((resolve) => {
        const path = join(root, 'node_modules', '.bin', program);
        execFile(path, args, { cwd: house, maxBuffer: 64e6 }, (_error, out, err) => resolve(out + err));
      }),
    remove: () => rmSync(house, { recursive: true, force: true }),
  };
}
