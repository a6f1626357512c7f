import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartName, Sandbox } from '#sandbox/options.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { startPayee } from '#tests/run/payee.ts';

export type BenchRun = { say: (line: string) => void; signal: AbortSignal };

/** Runs some work in a temporary folder, which is removed in any case. */
export async function inFolder<T>(work: (folder: string) => Promise<T>, base = tmpdir()): Promise<T> {
  const folder = mkdtempSync(join(base, 'pupero-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs some work on a sandbox with these parts, in a temporary folder. */
export function onSandbox<T>(
  parts: PartName[],
  { say, signal }: BenchRun,
  work: (sandbox: Sandbox) => Promise<T>,
  { base = tmpdir(), functionsEnv = {} }: { base?: string; functionsEnv?: Record<string, string> } = {},
): Promise<T> {
  return inFolder(async (dataDir) => {
    const sandbox = await startSandbox({ stage: 'test-bench', dataDir, parts, functionsEnv, say, signal });
    try {
      return await Promise.race([work(sandbox), whenAborted(signal)]);
    } finally {
      await sandbox.stop();
    }
  }, base);
}

const MEMORY = '/dev/shm';
const MUCH_BYTES = 4 * 1024 ** 3;

/**
 * The base folder for large data: in memory if the system (Linux) has 4 GB free for that, else the usual temporary
 * folder.
 */
export function roomForMuch(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= MUCH_BYTES ? MEMORY : tmpdir();
}

/** Runs some work on a sandbox and an outside wallet with coins. `payeeUrl` contains the wallet's login. */
export function onSandboxWithPayee<T>(
  parts: PartName[],
  run: BenchRun,
  work: (sandbox: Sandbox, payeeUrl: string) => Promise<T>,
  functionsEnv: Record<string, string> = {},
): Promise<T> {
  const withPayee = async (sandbox: Sandbox) => {
    const tcpPort = await freeTcpPort();
    const payee = await startPayee(sandbox, { tcpPort, say: run.say, onLost: () => {} });
    try {
      return await work(sandbox, payee.url);
    } finally {
      await payee.stop();
    }
  };
  return onSandbox(parts, run, withPayee, { functionsEnv });
}

/** Rejects when the bench is interrupted, so that running work is stopped at once. */
const whenAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(new Error('Interrupted.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
