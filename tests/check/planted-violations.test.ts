import { operations } from '#contract/index.ts';
import type { Grants } from '#functions/declaration.ts';
import { roles, routesByFunction } from '#infra/service.ts';
import { customsBroken } from './house.ts';
import { deadLinks } from './links.ts';
import { gapsInMessages } from './messages.ts';
import { plant } from './planted.ts';
import { routeFaults } from './served.ts';

let house: ReturnType<typeof plant>;
const planting = (files: Record<string, string>) => {
  house = plant(files);
  return house;
};
afterEach(() => house?.remove());

test('lint sees an any, an unused import and a forgotten variable', async () => {
  const source = "import { z } from 'zod';\nconst forgotten = 1;\nexport const a = (b: any) => b;\n";
  const said = await planting({ 'core/loose.ts': source }).run('biome', 'lint', '--vcs-enabled=false');
  for (const rule of ['noExplicitAny', 'noUnusedImports', 'noUnusedVariables']) expect(said).toContain(rule);
});

test('format sees double quotes', async () => {
  const said = await planting({ 'core/a.ts': 'export const a = "b";\n' }).run(
    'biome',
    'format',
    '--vcs-enabled=false',
  );
  expect(said).toContain('core/a.ts format');
});

test('types see a piconero that may be undefined', async () => {
  const source = 'const amounts: bigint[] = [];\nexport const first: bigint = amounts[0];\n';
  const said = await planting({ 'core/a.ts': source }).run('tsc', '--pretty', 'false');
  expect(said).toContain("core/a.ts(2,14): error TS2322: Type 'bigint | undefined'");
}, 20_000);

test('unused code sees an export that nobody imports, and a file', async () => {
  const files = {
    'functions/auth/handler.ts': "import { used } from '../../core/a.ts';\nconsole.log(used);\n",
    'core/a.ts': 'export const used = 1;\nexport const unused = 2;\n',
    'core/forgotten.ts': 'export {};\n',
  };
  const said = await planting(files).run('knip', '--no-progress', '--include', 'exports,files');
  expect(said).toMatch(/unused\s+core\/a\.ts/);
  expect(said).toContain('core/forgotten.ts');
}, 20_000);

test.each([
  ['core/a.ts', 'const at = Date.now();', 'clock'],
  ['core/a.ts', 'const at = new Date();', 'clock'],
  ['core/a.ts', 'const stage = process.env.STAGE;', 'environment'],
  ['core/a.ts', 'const id = Math.random();', 'chance'],
  ['contract/a.ts', 'const id = crypto.randomUUID();', 'chance'],
  ['adapters/dynamodb/a.ts', 'client.send(new ScanCommand({}));', 'scans'],
  ['functions/auth/a.ts', 'const stage = process.env.STAGE;', 'functions/config.ts'],
  ['functions/http/a.ts', 'const startedAt = Date.now();', 'reads the time'],
  ['adapters/tokens/a.ts', 'const at = new Date();', 'reads the time'],
  ['adapters/passwords/a.ts', 'const ms = performance.now();', 'reads the time'],
  ['functions/wallet/a.ts', 'const client = new DynamoDBClient({});', 'builds an AWS client'],
  ['tests/ports/a.test.ts', 'const client = new SQSClient({});', 'builds an AWS client'],
  ['core/a.test.ts', `test.${'skip'}('later', () => {});`, 'skips'],
])('the customs refuse in %s: %s', (file, line, why) => {
  const broken = customsBroken(planting({ [file]: `// A comment.\n${line}\n` }).house);
  expect(broken).toEqual([expect.stringContaining(`${file}:2`)]);
  expect(broken[0]).toContain(why);
});

test('the customs let pass what is allowed, and what only a comment says', () => {
  const files = {
    'core/a.ts':
      '/** Never Date.now(). */\nexport const at = (ms: number) => new Date(ms); // not process.env\n',
    'functions/config.ts': 'export const { env } = process;\nexport const stage = process.env.STAGE;\n',
    'tests/audit.ts': 'new ScanCommand({});\n',
  };
  expect(customsBroken(planting(files).house)).toEqual([]);
});

test('a message that one language lacks is named, and a problem code without words', () => {
  const en = { title: 'Wallet', states: { seen: 'Arriving' }, problems: { internal: 'Sorry' } };
  const fr = { title: '', states: {}, problems: { internal: 'Désolé', other: 'Autre' } };
  expect(gapsInMessages({ en, fr }, ['internal', 'not_found'])).toEqual([
    'fr lacks states.seen',
    'en lacks problems.other',
    'fr: title is empty',
    'en lacks problems.not_found',
  ]);
});

test('a link to a file that is not there is named', () => {
  const page = '[a](docs/b.md#part) [c](gone.md) [web](https://example.org) <img src="gone.png" alt="">\n';
  const { house: root } = planting({ 'README.md': page, 'docs/b.md': '[up](../README.md)\n' });
  expect(deadLinks(root)).toEqual(['README.md: gone.md', 'README.md: gone.png']);
});

test('reports an operation whose route no function serves', () => {
  const { trades = [], ...others } = routesByFunction('regtest');
  const without = trades.filter((route) => route !== 'POST /trades');
  expect(routeFaults(operations, { ...others, trades: without })).toEqual([
    'startTrade (POST /trades): no function serves it; see functions/*/functions.ts',
  ]);
});

test('reports a route that two functions serve, and one that is no operation', () => {
  const routes = { offers: ['GET /offers', 'GET /more'], market: ['GET /offers'] };
  expect(routeFaults([{ name: 'listOffers', route: 'GET /offers' }], routes)).toEqual([
    'listOffers (GET /offers): offers and market serve it; see functions/*/functions.ts',
    'offers: GET /more is no operation of the contract',
  ]);
});

test.each<[string, Grants]>([
  ['OferTable', { OferTable: ['GetItem'] }],
  ['OffersTable/index/by-colour', { 'OffersTable/index/by-colour': ['Query'] }],
])('refuses a grant on %s, which infra/ does not declare', (resource, may) => {
  const offers = { handler: 'functions/offers/handler.handler', may } as const;
  expect(() => roles('regtest', { offers })).toThrow(`infra/ declares no ${resource}`);
});
