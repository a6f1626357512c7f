import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#tests/helpers/until.ts';
import { Watchdog } from './watchdog.ts';

/** A process for a watchdog to end, the leader of its group. @returns its id */
function program(): number {
  const sleep = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  sleep.unref();
  if (!sleep.pid) throw new Error('sleep cannot be started');
  return sleep.pid;
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-watchdog-'));
  writeFileSync(join(folder, 'file'), '');
  return folder;
};

test('a program that hangs is ended although the others ended when asked', async () => {
  const watchdog = new Watchdog();
  const programs = [program(), program(), program()];
  for (const pid of programs) watchdog.add(pid);
  process.kill(programs[1]!, 'SIGSTOP');
  await watchdog.stop();
  await until(
    async () => programs.filter(isAlive),
    (alive) => alive.length === 0,
    { everyMs: 20 },
  );
}, 30_000);

test('the folder goes when its programs have gone, and without any', async () => {
  const folders = [aFolder(), aFolder()];
  const [busy, idle] = folders.map((folder) => new Watchdog({ removes: folder }));
  busy!.add(program());
  await Promise.all([busy!.stop(), idle!.stop()]);
  expect(folders.map(existsSync)).toEqual([false, false]);
});

test('what is gone already is left alone', async () => {
  const watchdog = new Watchdog();
  const other = program();
  watchdog.add(other);
  watchdog.gone(other);
  await watchdog.stop();
  expect(isAlive(other)).toBe(true);
  process.kill(other, 'SIGKILL');
});
