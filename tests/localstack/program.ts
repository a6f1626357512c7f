import { spawn } from 'node:child_process';

type How = { env?: NodeJS.ProcessEnv; cwd?: string; signal?: AbortSignal };

/**
 * Runs a program to its end; resolves with what it printed on stdout.
 * @throws an Error with all that it printed, when it fails
 */
export function run(command: string, args: string[], how: How = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...how, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: string[] = [];
    const all: string[] = [];
    child.stdout.on('data', (chunk) => void (printed.push(`${chunk}`), all.push(`${chunk}`)));
    child.stderr.on('data', (chunk) => all.push(`${chunk}`));
    child.once('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve(printed.join(''));
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}.\n${all.join('').trim()}`));
    });
  });
}
