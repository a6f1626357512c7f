import { spawn } from 'node:child_process';

type How = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  signal?: AbortSignal;
  /** Prints the program's output at once. Otherwise the output is part of the error's message. */
  loud?: boolean;
  /**
   * Lets the program finish although this process gets SIGTERM. It runs in its own process group, so that Ctrl-C does
   * not reach it.
   */
  untilDone?: boolean;
};

/**
 * Runs a program to its end. Resolves with its stdout, unless `loud` is set.
 * @throws an Error with its whole output if it fails
 */
export function run(
  command: string,
  args: string[],
  { loud, untilDone = false, ...how }: How = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const out = loud ? 'inherit' : 'pipe';
    const child = spawn(command, args, { ...how, detached: untilDone, stdio: ['ignore', out, out] });
    // Passes SIGTERM on. This process ends when the program has ended.
    const end = () => child.kill('SIGTERM');
    if (!untilDone) process.once('SIGTERM', end);
    const printed: { text: string; onStdout: boolean }[] = [];
    child.stdout?.on('data', (chunk) => printed.push({ text: `${chunk}`, onStdout: true }));
    child.stderr?.on('data', (chunk) => printed.push({ text: `${chunk}`, onStdout: false }));
    const all = (some: typeof printed) => some.map(({ text }) => text).join('');
    child.once('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.once('close', (code) => {
      process.removeListener('SIGTERM', end);
      if (code === 0) return resolve(all(printed.filter(({ onStdout }) => onStdout)));
      reject(new Error(`${command} ${args[0]} ended with ${code}.\n${all(printed).trim()}`));
    });
  });
}
