// Before the suite of packages: every function bundled once, as a deploy would, and the template that goes with it.
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
