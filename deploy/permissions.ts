import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantsOf } from './grants.ts';
import { permissionsTable } from './permissions-table.ts';
import { packageInto, templateIn } from './serverless.ts';

const page = join(import.meta.dirname, '..', 'docs', 'permissions.md');

if (process.argv.includes('--help')) {
  console.log(
    'npm run permissions — writes docs/permissions.md: what each function may do, by the template.',
  );
} else {
  console.log('Packaging the functions, some seconds …');
  const folder = mkdtempSync(join(tmpdir(), 'pupero-permissions-'));
  try {
    await packageInto(folder, { stage: 'docs' });
    writeFileSync(page, permissionsTable(grantsOf(JSON.parse(readFileSync(templateIn(folder), 'utf8')))));
    console.log('docs/permissions.md is written.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
