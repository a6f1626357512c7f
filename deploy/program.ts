import { spawn } from 'node:child_process';

type How = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  signal?: AbortSignal;
  /** Prints the program's output at once; otherwise the output is part of a failure's message. */
  loud?: boolean;
  /** Goes on though we are told to end, in a group of its own, which a terminal's Ctrl-C does not reach. */
  untilDone?: boolean;
};

/**
 * Runs a program to its end. Resolves with its stdout, unless it was loud.
 * @throws an Error with all that it printed, when it fails
 */
export function run(
  command: string,
  args: string[],
  { loud, untilDone = false, ...how }: How = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const out = loud ? 'inherit' : 'pipe';
    const child = spawn(command, args, { ...how, detached: untilDone, stdio: ['ignore', out, out] });
    // Told to end, we end when it has.
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
