import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#deploy/program.ts';

const root = join(import.meta.dirname, '..', '..');
const requirements = join(import.meta.dirname, 'requirements.txt');

export type PythonTools = { ministack: string; cfnLint: string };

/**
 * Installs the emulator and the linter of templates in a virtual environment, by the hashes in requirements.txt. It is
 * kept among the installed packages until that file changes.
 */
export async function pythonTools(signal: AbortSignal): Promise<PythonTools> {
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(root, 'node_modules', '.cache', `pupero-python-${version}`);
  const done = join(folder, 'complete');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, '..'), { recursive: true });
    await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder], { signal });
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--require-hashes',
    ];
    await run(join(folder, 'bin', 'python'), [...pip, '-r', requirements], { signal });
    writeFileSync(done, '');
  }
  return { ministack: join(folder, 'bin', 'ministack'), cfnLint: join(folder, 'bin', 'cfn-lint') };
}
