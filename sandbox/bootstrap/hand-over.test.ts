import { execFileSync } from 'node:child_process';
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
    spawn(process.execPath, ['start.mjs'], { env: { ...process.env, npm_lifecycle_event: 'start' } });`,
  'start.mjs': `import { handOver } from ${HAND_OVER};
    handOver(process.cwd(), 'main.mjs', []);`,
  'main.mjs': `import { writeFileSync } from 'node:fs';
    process.on('SIGTERM', () => { writeFileSync('told', ''); process.exit(0); });
    writeFileSync('main', ''); setInterval(() => {}, 1000);`,
};

test('it goes on without the shell that started npm, and ends without npm', async () => {
  mkdirSync(file('node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, file('node_modules/node/bin/node'));
  for (const [name, script] of Object.entries(SCRIPTS)) writeFileSync(file(name), script);
  // The shell ends when the script has had time to see who its elders are.
  const shell = `"${process.execPath}" npm.mjs > /dev/null 2>&1 & while [ ! -e main ]; do sleep 0.1; done; sleep 0.5`;
  execFileSync('sh', ['-c', shell], { cwd: root });

  await new Promise((passed) => setTimeout(passed, 1_000));
  expect(existsSync(file('told'))).toBe(false);

  process.kill(Number(readFileSync(file('npm'), 'utf8')), 'SIGKILL');
  await until(async () => existsSync(file('told')), Boolean);
}, 15_000);
