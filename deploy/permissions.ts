import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';
import { grantsOf } from './grants.ts';
import { permissionsTable } from './permissions-table.ts';
import { packageInto, templateIn } from './serverless.ts';

const page = join(import.meta.dirname, '..', 'docs', 'permissions.md');

const HELP =
  'npm run permissions — writes the grants of each function in the template to docs/permissions.md.';

command(HELP, {}, async () => {
  console.log('Packaging the functions takes some seconds …');
  const folder = mkdtempSync(join(tmpdir(), 'pupero-permissions-'));
  try {
    await packageInto(folder);
    writeFileSync(page, permissionsTable(grantsOf(JSON.parse(readFileSync(templateIn(folder), 'utf8')))));
    return 'docs/permissions.md is written.';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
