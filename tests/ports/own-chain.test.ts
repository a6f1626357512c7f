import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#tests/helpers/until.ts';
import { familyOf, leftOf } from '#tests/sandbox/npm-start.ts';

/** A test file with a chain: a node and a wallet, which hangs. Jest alone has an `afterAll`. */
const OWNER = `
globalThis.afterAll = () => {};
const { ownChain } = await import('#tests/helpers/own-chain.ts');
const wallet = await (await ownChain()).wallet('house');
await wallet.signal('SIGSTOP');
console.log(wallet.file);
setInterval(() => {}, 1_000);
`;

test('the chain of a test that is killed goes with it: a wallet that hangs, the node and their folder', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', OWNER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(owner.stdout, 'data');
    const folder = join(String(line).trim(), '..', '..');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['chain', 'house']));
    expect(folder.startsWith(tmpdir())).toBe(true);
    const family = familyOf(owner.pid!);
    expect(family.filter(({ command }) => command.includes('monero'))).toHaveLength(2);
    owner.kill('SIGKILL');
    await leftOf(family, 30_000);
    await until(
      async () => existsSync(folder),
      (exists) => !exists,
    );
  } finally {
    owner.kill('SIGKILL');
  }
}, 120_000);
