// Bundles every function once before the package suite, as a deploy does, with its template.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageInto } from '#deploy/serverless.ts';

export default async function packaged() {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-package-'));
  process.env.PUPERO_TEST_PACKAGE = folder;
  try {
    await packageInto(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
