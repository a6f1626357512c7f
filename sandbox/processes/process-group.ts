import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export type Program = {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  /** A TCP port. The program gets its listening socket as the first IPC message, and confirms it with a message. */
  listensOn?: number;
};

/**
 * Starts a program as the leader of its own process group. Ctrl-C then reaches only this process, which stops the parts
 * in order.
 *
 * @param umask of the files that the program makes; this process's own by default
 */
export function spawnGroup(
  { command, args, env, cwd, logFile, listensOn }: Program,
  mode: 'a' | 'w',
  umask?: number,
): ChildProcess {
  const log = openSync(logFile, mode, 0o600);
  // Sets the umask of this process for a moment, because a child inherits it and `spawn` has no option for it.
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
  } catch {} // the group has ended
}

/** Kills a program and its child processes. */
export function killGroup(child: ChildProcess) {
  try {
    if (child.pid && !hasEnded(child)) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // Windows has no process groups
  }
}
