import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { familyOf, leftOf } from './npm-start.ts';

const OWNER = `
const { NpmRun } = await import('#tests/sandbox/npm-start.ts');
const run = new NpmRun(['exec', '--offline', '-c', 'sleep 60'], {});
setInterval(() => run.processes().some(({ command }) => command === 'sleep 60') && console.log('runs'), 100);
`;

test('ends the processes that a killed test has started by npm', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', OWNER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(owner.stdout, 'data');
    const family = familyOf(owner.pid!);
    expect(family.some(({ command }) => command === 'sleep 60')).toBe(true);
    owner.kill('SIGKILL');
    expect(await leftOf(family, 20_000)).toEqual([]);
  } finally {
    owner.kill('SIGKILL');
  }
});
