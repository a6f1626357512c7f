import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentToLoad, PACKAGING_MS, packageFunctions, unpack } from './packaging.ts';

/** The only ones that may reach monero-wallet-rpc. */
const WITH_THE_WALLET = ['payWithdrawals', 'watchDeposits'];

const folder = mkdtempSync(join(tmpdir(), 'pupero-package-'));
let names: string[] = [];
let code: Map<string, string>;

beforeAll(async () => {
  names = await packageFunctions(folder);
  code = new Map(names.map((name) => [name, unpack(folder, name)]));
}, PACKAGING_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every function is packaged, and starts from its zip alone', () => {
  expect(names).toEqual([
    'auth',
    'expireTrades',
    'followWithdrawals',
    'offers',
    'payWithdrawals',
    'system',
    'trades',
    'wallet',
    'watchDeposits',
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

test('a function without its variables says every one it misses', () => {
  const load = `import(${JSON.stringify(code.get('trades'))}).catch((e) => console.log(e.message))`;
  const output = execFileSync(process.execPath, ['--eval', load], { cwd: folder, env: {}, encoding: 'utf8' });
  expect(output).toContain('OFFERS_TABLE is missing; PEOPLE_TABLE is missing; TRADES_TABLE is missing');
});

test('monero-ts is in the zips of those that need the wallet, and in no other', () => {
  const withMonero = names.filter((name) =>
    readFileSync(code.get(name)!, 'utf8').includes('MoneroWalletRpc'),
  );
  expect(withMonero.sort()).toEqual(WITH_THE_WALLET);
});

test('the password list is in the zip of auth alone, and nobody carries the WebAssembly wallet', () => {
  const having = (words: string) =>
    names.filter((name) => readFileSync(code.get(name)!, 'utf8').includes(words));
  expect(having('trustno1')).toEqual(['auth']);
  expect(having('_emscripten')).toEqual([]);
});

test('no secret is in the template', () => {
  const template = readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  expect(template).not.toMatch(/"(ACCESS_TOKEN|TOTP|CURSOR)_[A-Z_]*KEY"|RPC_PASSWORD/);
});

test('no zip outgrows what is expected of it', () => {
  const ceilings = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../bench/expected/zips.json'), 'utf8'),
  );
  const over = names.flatMap((name) => {
    const { size } = statSync(join(folder, `${name}.zip`));
    const atMost = ceilings[name] ?? 0;
    return size > atMost ? [`${name}: at most ${atMost} bytes expected, ${size} now`] : [];
  });
  const hint = 'If it is meant: npm run bench -- start --accept';
  if (over.length > 0) throw new Error([...over, hint].join('\n'));
});
