import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from '#deploy/grants.ts';
import { templateIn } from '#deploy/serverless.ts';
import { SECRETS } from '#functions/config.ts';
import { environmentToLoad, filesIn, functionsIn, unpack } from './packages.ts';

/** The only functions that may reach monero-wallet-rpc. */
const WITH_THE_WALLET = ['payWithdrawals', 'watchDeposits'];

/** The only functions that check passwords. */
const WITH_PASSWORDS = ['auth', 'privacy'];

const packages = process.env.PUPERO_TEST_PACKAGE!;
const folder = mkdtempSync(join(tmpdir(), 'pupero-unzipped-'));
const names = functionsIn(packages);
const templateOf = (): Template => JSON.parse(readFileSync(templateIn(packages), 'utf8'));
const code = new Map(names.map((name) => [name, unpack(packages, name, folder)]));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every function is packaged and starts from its zip', () => {
  expect(names).toEqual([
    'auth',
    'connectLive',
    'coverOffers',
    'deliverEvents',
    'deposits',
    'erasePaymentDetails',
    'eraseTalks',
    'expireTrades',
    'finishDeletions',
    'followMarket',
    'followWithdrawals',
    'freeHolds',
    'live',
    'moderation',
    'offers',
    'payWithdrawals',
    'paymentAccounts',
    'privacy',
    'reputation',
    'sandbox',
    'sendHints',
    'sendMails',
    'system',
    'talk',
    'trades',
    'updateRates',
    'wallet',
    'watchDeposits',
    'withdrawals',
  ]);
  for (const name of names) {
    const load = `import(${JSON.stringify(code.get(name))}).then((m) => { console.log(typeof m.handler); process.exit(0); })`;
    const output = execFileSync(process.execPath, ['--eval', load], {
      cwd: folder,
      env: environmentToLoad,
      encoding: 'utf8',
    });
    expect([name, output.trim()]).toEqual([name, 'function']);
  }
});

test('a function without its variables names every missing one', () => {
  const load = `import(${JSON.stringify(code.get('trades'))}).catch((e) => console.log(e.message))`;
  const output = execFileSync(process.execPath, ['--eval', load], { cwd: folder, env: {}, encoding: 'utf8' });
  expect(output).toContain('OFFERS_TABLE is missing; PEOPLE_TABLE is missing; TRADES_TABLE is missing');
});

test('only the zips of payer and watcher contain monero-ts', () => {
  const withMonero = names.filter((name) =>
    readFileSync(code.get(name)!, 'utf8').includes('MoneroWalletRpc'),
  );
  expect(withMonero.sort()).toEqual(WITH_THE_WALLET);
});

test('only the functions that check passwords contain the password list, and none the WebAssembly wallet', () => {
  const having = (words: string) =>
    names.filter((name) => readFileSync(code.get(name)!, 'utf8').includes(words));
  expect(having('trustno1')).toEqual(WITH_PASSWORDS);
  expect(having('_emscripten')).toEqual([]);
});

test('only the functions that check passwords contain a native part, which is for the processor of Lambda', () => {
  const natives = names.flatMap((name) =>
    Object.entries(filesIn(packages, name)).filter(([path]) => path.endsWith('.node')),
  );
  expect(natives.map(([path]) => path)).toEqual(
    WITH_PASSWORDS.map((name) => `functions/${name}/handler.argon2.armv8.glibc.node`),
  );
  for (const [, bytes] of natives) {
    const elf = Buffer.from(bytes);
    expect(elf.toString('latin1', 1, 4)).toBe('ELF');
    // e_machine, at byte 18: 183 is EM_AARCH64.
    expect(elf.readUInt16LE(18)).toBe(183);
  }
  expect(templateOf().Resources.AuthLambdaFunction!.Properties).toMatchObject({ Architectures: ['arm64'] });
});

test('the template names secrets by their place in Parameter Store only', () => {
  const template = readFileSync(templateIn(packages), 'utf8');
  const places = new RegExp(`/pupero/docs/(${SECRETS.join('|')})\\b`, 'g');
  const elsewhere = SECRETS.filter((name) => template.replace(places, '').includes(name));
  expect(elsewhere).toEqual([]);
});

test('no zip exceeds its expected size', () => {
  const ceilings = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../bench/expected/zips.json'), 'utf8'),
  );
  const over = names.flatMap((name) => {
    const { size } = statSync(join(packages, `${name}.zip`));
    const atMost = ceilings[name] ?? 0;
    return size > atMost ? [`${name}: at most ${atMost} bytes expected, ${size} now`] : [];
  });
  const hint = 'If it is meant: npm run bench -- start --accept';
  if (over.length > 0) throw new Error([...over, hint].join('\n'));
});
