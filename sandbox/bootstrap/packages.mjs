import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs `npm ci` when the lock file is newer than the installed packages, or none are installed.
 * @param {string} root the project's folder
 */
export async function installPackages(root) {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages (npm ci), about a minute …');
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const progress = setInterval(() => console.log(`  still installing, ${seconds()} s …`), 15_000);
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  } finally {
    clearInterval(progress);
  }
  console.log(`Packages installed in ${seconds()} s.`);
}

/**
 * Runs a program to its end. Resolves with its standard output; rejects with its whole output if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<string>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, printed] = [[], []];
    child.stdout.on('data', (chunk) => {
      output.push(chunk);
      printed.push(chunk);
    });
    child.stderr.on('data', (chunk) => printed.push(chunk));
    const failed = (why) =>
      reject(new Error(`${command} ${args.join(' ')}: ${why}\n${gist(Buffer.concat(printed).toString())}`));
    child.on('error', (error) => failed(error.message));
    child.on('close', (code, signal) =>
      code === 0 ? resolve(Buffer.concat(output).toString()) : failed(signal ?? `exit code ${code}`),
    );
  });
}

/** The first and last lines of an output, because npm prints the reason at the top and apt-get at the end. */
function gist(printed) {
  const lines = printed.trim().split('\n');
  return lines.length <= 20 ? lines.join('\n') : [...lines.slice(0, 8), '…', ...lines.slice(-8)].join('\n');
}
