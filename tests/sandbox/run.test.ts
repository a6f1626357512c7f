// Failures in `npm start` outside the sandbox itself, such as its demo accounts.
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

test('a failed demo stops everything and makes the start fail', async () => {
  expect(await failing(() => {})).toBe(1);
});

test('a demo that fails during a stop is no failure', async () => {
  expect(await failing(() => process.emit('SIGINT'))).toBe(0);
});
