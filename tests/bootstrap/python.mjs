import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from '../../sandbox/bootstrap/packages.mjs';

const probe = 'import ensurepip, sys, venv; sys.exit(0 if sys.version_info >= (3, 10) else 1)';

const howTo = `The emulator of AWS and the linter of templates want Python 3.10 or newer with venv and pip. Install it, or set PYTHON to it:
  Debian, Ubuntu   sudo apt-get install python3 python3-venv
  macOS            brew install python
An emulator of your own (AWS_ENDPOINT_URL) does not spare it, as the linter runs in any case.`;

/** The installed Python for a virtual environment. As root on Debian a missing one is installed. */
export async function installPython() {
  const python = process.env.PYTHON || 'python3';
  if (isGoodEnough(python)) return python;
  const onDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!onDebian || process.env.PYTHON) throw new Error(howTo);
  console.log('Installing Python (apt-get install python3 python3-venv) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    const packages = ['python3', 'python3-venv'];
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  } catch (error) {
    throw new Error(`${error.message}\n\n${howTo}`);
  }
  // Debian's own Python, because an older one may precede it on the PATH.
  const installed = [python, '/usr/bin/python3'].find(isGoodEnough);
  if (!installed) throw new Error(howTo);
  console.log('Python installed.');
  return installed;
}

const isGoodEnough = (python) => spawnSync(python, ['-c', probe], { stdio: 'ignore' }).status === 0;
