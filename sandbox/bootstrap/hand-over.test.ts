import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#tests/helpers/until.ts';

const root = mkdtempSync(join(tmpdir(), 'pupero-hand-over-'));
const file = (name: string) => join(root, name);
afterAll(() => rmSync(root, { recursive: true }));

const HAND_OVER = JSON.stringify(join(import.meta.dirname, 'hand-over.mjs'));
const SCRIPTS = {
  'npm.mjs': `import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    writeFileSync('npm', String(process.pid));
    const script = spawn(process.execPath, ['start.mjs'], { env: { ...process.env, npm_lifecycle_event: 'start' } });
    process.on('SIGINT', () => script.kill('SIGINT'));
    script.on('exit', (code) => process.exit(code));`,
  'start.mjs': `import { handOver } from ${HAND_OVER};
    handOver(process.cwd(), 'main.mjs', []);`,
  'main.mjs': `import { writeFileSync } from 'node:fs';
    process.on('disconnect', () => { writeFileSync('told', ''); process.exit(0); });
    writeFileSync('main', ''); setInterval(() => {}, 1000);`,
};

test('it goes on without the shell that started npm, and ends without npm', async () => {
  mkdirSync(file('node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, file('node_modules/node/bin/node'));
  for (const [name, script] of Object.entries(SCRIPTS)) writeFileSync(file(name), script);
  // The shell waits half a second after the script has started, because hand-over.mjs must first read its parent's id.
  const shell = `"${process.execPath}" npm.mjs > /dev/null 2>&1 & while [ ! -e main ]; do sleep 0.1; done; sleep 0.5`;
  execFileSync('sh', ['-c', shell], { cwd: root });

  await new Promise((passed) => setTimeout(passed, 1_000));
  expect(existsSync(file('told'))).toBe(false);

  process.kill(Number(readFileSync(file('npm'), 'utf8')), 'SIGKILL');
  await until(async () => existsSync(file('told')), Boolean);
}, 15_000);

const ENDING = JSON.stringify(join(import.meta.dirname, '..', 'processes', 'asked-to-end.ts'));
/** A script that records each request to end. It ends `afterMs` milliseconds after the first one, or at the second. */
const slowToEnd = (afterMs: number) => `import { appendFileSync, writeFileSync } from 'node:fs';
  import { whenAskedToEnd } from ${ENDING};
  whenAskedToEnd({
    stop: () => { appendFileSync('asked', 'stop '); setTimeout(() => process.exit(0), ${afterMs}); },
    insist: () => { appendFileSync('asked', 'insist '); process.exit(7); },
  });
  writeFileSync('main', ''); setInterval(() => {}, 1000);`;

test.each<[string, (npm: number) => void, string, number]>([
  ['SIGINT to npm alone stops', (npm) => process.kill(npm, 'SIGINT'), 'stop ', 0],
  ['one Ctrl-C, which npm forwards, stops once', (npm) => process.kill(-npm, 'SIGINT'), 'stop ', 0],
  [
    'a second Ctrl-C does not wait',
    (npm) => {
      process.kill(-npm, 'SIGINT');
      setTimeout(() => process.kill(-npm, 'SIGINT'), 1_500);
    },
    'stop insist ',
    7,
  ],
  [
    'a second SIGINT to npm alone does not wait either',
    (npm) => {
      process.kill(npm, 'SIGINT');
      setTimeout(() => process.kill(npm, 'SIGINT'), 4_000);
    },
    'stop insist ',
    7,
  ],
])(
  '%s',
  async (_, press, asked, code) => {
    for (const name of ['asked', 'main']) rmSync(file(name), { force: true });
    writeFileSync(file('main.mjs'), slowToEnd(code === 0 ? 1_500 : 10_000));
    const npm = spawn(process.execPath, ['npm.mjs'], { cwd: root, detached: true, stdio: 'ignore' });
    const ended = new Promise((resolve) => npm.once('exit', resolve));
    await until(async () => existsSync(file('main')), Boolean);
    press(npm.pid!);
    expect(await ended).toBe(code);
    expect(readFileSync(file('asked'), 'utf8')).toBe(asked);
  },
  20_000,
);

const house = join(import.meta.dirname, '..', '..');

test('on Windows itself each start says where to start instead', () => {
  const asWindows = "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'win32' })";
  for (const start of ['sandbox/start.mjs', 'sandbox/prod.mjs', 'tests/start.mjs', 'bench/start.mjs']) {
    const { status, stderr } = spawnSync(process.execPath, ['--import', asWindows, join(house, start)]);
    expect(status).toBe(1);
    expect(String(stderr)).toMatch(/Windows through WSL\. This is Windows itself\./);
  }
});

test('each script that starts programs begins with exec, for which cmd.exe finds a file with the message', () => {
  const { scripts } = JSON.parse(readFileSync(join(house, 'package.json'), 'utf8'));
  for (const name of ['start', 'dev', 'prod', 'bench', 'test', 'test:localstack'])
    expect(scripts[name]).toMatch(/^exec node \S+\.mjs/);
  const [, , run, end] = readFileSync(join(house, 'exec.cmd'), 'utf8').split('\r\n');
  const script = /^@node "%~dp0(.+)"$/.exec(run ?? '')?.[1]?.replaceAll('\\', '/') ?? '';
  expect(script).toBe('sandbox/bootstrap/refuse-windows.mjs');
  expect(existsSync(join(house, script))).toBe(true);
  expect(end).toBe('@exit /b 1');
});
