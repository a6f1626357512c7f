import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const notOurs = /(^|\/)(node_modules|dist|coverage|\.[^/]+)(\/|$)/;
const ours = /\.(ts|mts|mjs|svelte)$/;

/** Our source files below these folders of `root`, as paths from there. */
export function filesUnder(root: string, folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => ours.test(path) && !notOurs.test(path));
}
