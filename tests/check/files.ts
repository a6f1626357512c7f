import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the repository with code, without the site: checks differ in how much of it they read. */
export const FOLDERS = [
  'contract',
  'core',
  'adapters',
  'functions',
  'infra',
  'stage',
  'deploy',
  'sandbox',
  'tests',
  'bench',
  'simulation',
];

const NOT_OURS = /(^|\/)(node_modules|dist|coverage|\.[^/]+)(\/|$)/;
const OURS = /\.(ts|mts|mjs|svelte)$/;

/** Our source files below these folders of `root`, as paths from there. */
export function filesUnder(root: string, folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => OURS.test(path) && !NOT_OURS.test(path));
}
