// What `npm start` does beside the sandbox itself, such as its demo accounts, when it fails.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUntilStopped } from '#sandbox/commands/run-until-stopped.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { familyOf, leftOf } from './npm-start.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'pupero-test-run-'));
const options = { stage: 'test-run', dataDir, parts: ['dynamodb' as const] };

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Fails once the sandbox serves. @returns the exit code, and whether anything of the sandbox is left */
async function failing(before: (sandbox: Sandbox) => void) {
  let family: ReturnType<typeof familyOf> = [];
  const code = await runUntilStopped(options, async (sandbox) => {
    family = sandbox.pids().flatMap(familyOf);
    before(sandbox);
    throw new Error('no demo accounts');
  });
  expect(family.length).toBeGreaterThan(1);
  expect(await leftOf(family)).toEqual([]);
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  return code;
}

test('a demo that fails stops everything, and the start has failed', async () => {
  expect(await failing(() => {})).toBe(1);
});

test('a demo that fails because everything is being stopped is no failure', async () => {
  expect(await failing(() => process.emit('SIGINT'))).toBe(0);
});
