import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');
const configs = ['package.json', 'tsconfig.json', 'biome.json', '.dependency-cruiser.mjs', 'knip.json'];

/** A temporary project with our rules and packages, and only these files in it. */
export function plant(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'pupero-planted-'));
  for (const name of configs) cpSync(join(repository, name), join(root, name));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return {
    root,
    /** Runs a program of node_modules in it; resolves with all it printed. */
    run: (program: string, ...args: string[]) =>
      new Promise<string>((resolve) => {
        const path = join(repository, 'node_modules', '.bin', program);
        execFile(path, args, { cwd: root, maxBuffer: 64e6 }, (_error, out, err) => resolve(out + err));
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
