import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { until } from '#tests/helpers/until.ts';
import type { ChildSpec } from './child.ts';
import { Team } from './team.ts';

let folder: string;
let team: Team;
let said: string[];
let lost: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pupero-test-team-'));
  [said, lost] = [[], []];
  team = new Team({ say: (line) => said.push(line), onLost: ({ message }) => lost.push(message) });
});
afterEach(async () => {
  await team.stop();
  rmSync(folder, { recursive: true });
});

/** A part that is ready when it has written its process id, as often as it is started. */
function part(script: string, more: Partial<ChildSpec> = {}): ChildSpec {
  const ready = join(folder, 'ready');
  rmSync(ready, { force: true });
  return {
    name: 'part',
    command: 'sh',
    args: ['-c', `echo hello; echo $$ > ${ready}; ${script}`],
    logFile: join(folder, 'part.log'),
    isReady: async () =>
      existsSync(ready) && readFileSync(ready, 'utf8').trim() === String(team.part('part').pid),
    ...more,
  };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('what is started serves, and is gone when stopped', async () => {
  await team.start(part('exec sleep 60'));
  const pids = team.pids();
  expect(pids.map(isAlive)).toEqual([true, true]);
  await team.stop();
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(said).toEqual([]);
});

test('a part that dies before it serves is named with its last lines', async () => {
  const dying = part('echo "no disk left"; exit 7', { isReady: async () => false });
  await expect(team.start(dying)).rejects.toThrow(
    /^part died \(exit code 7\)\. The last lines of .*part\.log:\n {4}hello\n {4}no disk left$/,
  );
});

test('a program that is not there is named', async () => {
  const command = join(folder, 'nowhere');
  await expect(team.start(part('', { command }))).rejects.toThrow(
    `part cannot be started: spawn ${command} ENOENT`,
  );
});

test('a part that never serves is given up, and ended', async () => {
  const never = part('exec sleep 60', { isReady: async () => false, readyWithinMs: 200 });
  await expect(team.start(never)).rejects.toThrow('part does not answer after 0.2 s.');
  const pids = team.pids();
  await team.stop();
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test('a part that crashes comes back, with what it needs after each start', async () => {
  let opened = 0;
  const afterStart = async () => {
    opened += 1;
  };
  await team.start(part('exec sleep 60', { afterStart }));
  const before = team.part('part').pid;
  team.part('part').kill('SIGKILL');
  await until(
    async () => said.at(-1),
    (line) => line === 'part is back.',
  );
  expect(team.part('part').pid).not.toBe(before);
  expect(opened).toBe(2);
  expect(lost).toEqual([]);
});

test('a part that keeps dying is lost, once', async () => {
  await team.start(part('exec sleep 60'));
  for (const back of [1, 2, 3]) {
    team.part('part').kill('SIGKILL');
    await until(
      async () => said.filter((line) => line === 'part is back.').length,
      (count) => count === back,
    );
  }
  team.part('part').kill('SIGKILL');
  await until(
    async () => lost.length,
    (count) => count > 0,
  );
  expect(lost).toEqual([
    expect.stringMatching(/^part died \(SIGKILL\)[\s\S]*It died 4 times in a minute\.$/),
  ]);
});

test('a part that does not come back is lost', async () => {
  const once = join(folder, 'once');
  await team.start(
    part(`[ -e ${once} ] && exit 3; touch ${once}; exec sleep 60`, { isReady: async () => existsSync(once) }),
  );
  team.part('part').kill('SIGKILL');
  await until(
    async () => lost.length,
    (count) => count > 0,
  );
  expect(lost).toEqual([expect.stringMatching(/^part died \(exit code 3\)/)]);
});

test('who ignores the question to end is ended with all it started', async () => {
  const deaf = part(
    `trap '' TERM; sleep 60 & echo $! > ${join(folder, 'grandchild')}; while :; do sleep 1; done`,
    { endsWithinMs: 200 },
  );
  await team.start(deaf);
  await until(async () => existsSync(join(folder, 'grandchild')), Boolean);
  const grandchild = Number(readFileSync(join(folder, 'grandchild'), 'utf8'));
  await team.stop();
  expect(
    await until(
      async () => isAlive(grandchild),
      (alive) => !alive,
      { everyMs: 20 },
    ),
  ).toBe(false);
});

test('a job that is under way ends when all stop, and nothing begins afterwards', async () => {
  const job = team.run({ command: 'sleep', args: ['60'], logFile: join(folder, 'job.log') });
  await team.stop();
  expect(await job).toBeNull();
  await expect(team.start(part('exec sleep 60'))).rejects.toThrow('Everything is being stopped.');
});

test('a part whose socket is made while all stop is not started', async () => {
  const starting = team.start(part('exec sleep 60', { listensOn: await freeTcpPort() }));
  const refused = expect(starting).rejects.toThrow('part was stopped before it served.');
  await team.stop();
  await refused;
  expect(team.part('part').pid).toBeUndefined();
});

test('a server that listens only when all have stopped is closed', async () => {
  await team.stop();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  team.serve(server);
  expect(server.listening).toBe(false);
});
