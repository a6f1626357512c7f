import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs `npm ci` when the lock file is newer than what is installed, or nothing is.
 * @param {string} root the project's folder
 */
export async function installPackages(root) {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages (npm ci) …');
  const begun = Date.now();
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  console.log(`Packages installed in ${Math.round((Date.now() - begun) / 1000)} s.`);
}

/**
 * Runs a program to its end; rejects with what it printed unless it ends well.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32';
    const child = spawn(command, args, { ...options, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    const failed = (why) => {
      const lines = Buffer.concat(printed).toString().trim().split('\n').slice(-12);
      reject(new Error(`${command} ${args.join(' ')}: ${why}\n${lines.join('\n')}`));
    };
    child.on('error', (error) => failed(error.message));
    child.on('exit', (code, signal) => (code === 0 ? resolve() : failed(signal ?? `exit code ${code}`)));
  });
}
