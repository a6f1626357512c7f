import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = /^# (\d{4}): (.+)\n\nDate: (\d{4}-\d{2}-\d{2})\. Status: \w+\./;

/** Pages of docs/adr without number, title, date and status at their top, or without their line in its README. */
export function decisionFaults(root: string): string[] {
  const folder = join(root, 'docs', 'adr');
  const list = readFileSync(join(folder, 'README.md'), 'utf8');
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return pages.flatMap((name) => {
    const [, number, title, date] = PAGE.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    if (!number || !name.startsWith(`${number}-`))
      return [`docs/adr/${name}: must begin with "# NNNN: title", and "Date: YYYY-MM-DD. Status: …."`];
    const line = `| [${number}](${name}) | ${title} | ${date} |`;
    return list.includes(line) ? [] : [`docs/adr/README.md: must have the line ${line}`];
  });
}
