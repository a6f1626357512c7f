import type { ComposeFile } from './compose-file.ts';

const command =
  /docker compose -f (?<file>\S+)(?<options>(?: --profile \S+)*) (?<verb>\w+)(?<words>[^#\n`]*)/g;

/** The `docker compose` commands that a page tells people to type, in its order and without comments. */
export const commandsIn = (page: string): string[] =>
  [...page.matchAll(command)].map(([typed]) => typed.trim());

/** Faults of the commands of a page: a missing file or an unknown service. */
export function wrongCommands(page: string, files: Record<string, ComposeFile>): string[] {
  return [...page.matchAll(command)].flatMap(({ 0: typed, groups = {} }) => {
    const { file = '', words = '' } = groups;
    const compose = files[file];
    if (!compose) return [`${typed.trim()}: there is no ${file}`];
    const named = words.split(/\s+/).filter((word) => word && !word.startsWith('-'));
    return named
      .filter((word) => !compose.services[word])
      .map((word) => `${typed.trim()}: there is no service ${word}`);
  });
}
