import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export type Program = {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  /** A TCP port whose listening socket the program gets as its first IPC message. It answers when it has it. */
  listensOn?: number;
};

/**
 * Starts a program as the leader of a group of its own: Ctrl-C reaches us alone, and we stop the parts in order.
 *
 * @param umask of the files that the program makes; ours if not given
 */
export function spawnGroup(
  { command, args, env, cwd, logFile, listensOn }: Program,
  mode: 'a' | 'w',
  umask?: number,
): ChildProcess {
  const log = openSync(logFile, mode, 0o600);
  // `spawn` has no option for it; a child takes over the mask of this moment.
  const before = umask === undefined ? undefined : process.umask(umask);
  try {
    const stdio: StdioOptions = ['ignore', log, log, ...(listensOn ? (['ipc'] as const) : [])];
    return spawn(command, args, { env: env ?? process.env, cwd, detached: true, stdio });
  } finally {
    if (before !== undefined) process.umask(before);
    closeSync(log);
  }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Kills the child processes that an ended program left running. */
export function killRestOfGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // nothing is left of it
}

/** Kills a program and its child processes. */
export function killGroup(child: ChildProcess) {
  try {
    if (child.pid && !hasEnded(child)) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // Windows knows no groups
  }
}
