import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '#contract/index.ts';
import type { Grants } from '#functions/declaration.ts';
import { roles, routesByFunction } from '#infra/service.ts';
import { codeRuleViolations } from './code-rules.ts';
import { decisionFaults } from './decisions.ts';
import { breakableFrench } from './french-spaces.ts';
import { deadLinks } from './links.ts';
import { gapsInMessages } from './messages.ts';
import { namedPackageFaults } from './named-packages.ts';
import { undeclaredRows } from './personal-data.ts';
import { plant } from './planted.ts';
import { securityTestFaults } from './security-tests.ts';
import { routeFaults } from './served.ts';

let project: ReturnType<typeof plant>;
const planting = (files: Record<string, string>) => {
  project = plant(files);
  return project;
};
afterEach(() => project?.remove());

test('lint reports an any, an unused import and an unused variable', async () => {
  const source = "import { z } from 'zod';\nconst forgotten = 1;\nexport const a = (b: any) => b;\n";
  const said = await planting({ 'core/loose.ts': source }).run('biome', 'lint', '--vcs-enabled=false');
  for (const rule of ['noExplicitAny', 'noUnusedImports', 'noUnusedVariables']) expect(said).toContain(rule);
});

test('format reports double quotes', async () => {
  const said = await planting({ 'core/a.ts': 'export const a = "b";\n' }).run(
    'biome',
    'format',
    '--vcs-enabled=false',
  );
  expect(said).toContain('core/a.ts format');
});

test('types report a value that may be undefined', async () => {
  const source = 'const amounts: bigint[] = [];\nexport const first: bigint = amounts[0];\n';
  const said = await planting({ 'core/a.ts': source }).run('tsc', '--pretty', 'false');
  expect(said).toContain("core/a.ts(2,14): error TS2322: Type 'bigint | undefined'");
}, 20_000);

test('unused code reports an export and a file that are never imported', async () => {
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
  ['core/a.ts', 'const id = Math.random();', 'random'],
  ['contract/a.ts', 'const id = crypto.randomUUID();', 'random'],
  ['adapters/dynamodb/a.ts', 'client.send(new ScanCommand({}));', 'scans'],
  ['functions/auth/a.ts', 'const stage = process.env.STAGE;', 'functions/config.ts'],
  ['functions/http/a.ts', 'const startedAt = Date.now();', 'reads the time'],
  ['adapters/tokens/a.ts', 'const at = new Date();', 'reads the time'],
  ['adapters/passwords/a.ts', 'const ms = performance.now();', 'reads the time'],
  ['functions/wallet/a.ts', 'const client = new DynamoDBClient({});', 'builds an AWS client'],
  ['tests/ports/a.test.ts', 'const client = new SQSClient({});', 'builds an AWS client'],
  ['core/a.test.ts', `test.${'skip'}('later', () => {});`, 'skips'],
])('the code rules refuse in %s: %s', (file, line, why) => {
  const broken = codeRuleViolations(planting({ [file]: `// A comment.\n${line}\n` }).root);
  expect(broken).toEqual([expect.stringContaining(`${file}:2`)]);
  expect(broken[0]).toContain(why);
});

test('the code rules accept allowed code, and forbidden words in comments', () => {
  const files = {
    'core/a.ts':
      '/** Never Date.now(). */\nexport const at = (ms: number) => new Date(ms); // not process.env\n',
    'functions/config.ts': 'export const { env } = process;\nexport const stage = process.env.STAGE;\n',
    'tests/audit.ts': 'new ScanCommand({});\n',
  };
  expect(codeRuleViolations(planting(files).root)).toEqual([]);
});

test('reports a text that one language lacks, and a problem code without a text', () => {
  const en = { title: 'Wallet', states: { seen: 'Arriving' }, problems: { internal: 'Sorry' } };
  const fr = { title: '', states: {}, problems: { internal: 'Désolé', other: 'Autre' } };
  expect(gapsInMessages({ en, fr }, ['internal', 'not_found'])).toEqual([
    'fr lacks states.seen',
    'en lacks problems.other',
    'fr: title is empty',
    'en lacks problems.not_found',
  ]);
});

test('reports a link to a missing file', () => {
  const page = '[a](docs/b.md#part) [c](gone.md) [web](https://example.org) <img src="gone.png" alt="">\n';
  const { root } = planting({ 'README.md': page, 'docs/b.md': '[up](../README.md)\n' });
  expect(deadLinks(root)).toEqual(['README.md: gone.md', 'README.md: gone.png']);
});

test('reports a key whose rows no declaration of personal data covers', () => {
  const names = ['accountKey', 'parcelKey', 'HEARTBEAT_KEY', 'keyOf', 'placeIn'];
  expect(undeclaredRows(names, ['accountKey', 'HEARTBEAT_KEY'])).toEqual([
    'parcelKey: adapters/dynamodb/personal-data.ts does not say what happens to its rows',
  ]);
});

test('types report a key whose rows no declaration of personal data covers', async () => {
  const source = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8');
  const added = "\nexport const parcelKey = (id: string): Key => ({ pk: id, sk: '-' });\n";
  const keys = source('adapters/dynamodb/keys.ts').replaceAll(/^import[^;]*;$/gm, '');
  const said = await planting({
    'adapters/dynamodb/keys.ts': `// @ts-nocheck${keys}${added}`,
    'adapters/dynamodb/personal-data.ts': source('adapters/dynamodb/personal-data.ts'),
  }).run('tsc', '--pretty', 'false');
  expect(said).toMatch(/missing[^\n]*\bparcelKey\b/);
}, 20_000);

test('reports French texts in which a line may break before a sign, and no code around them', () => {
  const { root } = planting({
    'web/src/i18n/fr/shell.ts': [
      "export const a = 'Un compte\u00a0? Oui\u00a0: « non »';",
      "export const b = (n: number) => (n > 1 ? 'x' : 'y');",
      `export const c = (name: string) => \`Votre phrase\u00a0: \${name} !\`;`,
    ].join('\n'),
    'core/mail/texts/fr.ts': "export const d = { e: 'Qui ?' };",
  });
  expect(breakableFrench(root)).toEqual([
    'core/mail/texts/fr.ts:1: needs a no-break space (U+00A0): Qui ?',
    'web/src/i18n/fr/shell.ts:1: needs a no-break space (U+00A0): Un compte\u00a0? Oui\u00a0: « non »',
    'web/src/i18n/fr/shell.ts:3: needs a no-break space (U+00A0): !',
  ]);
});

test('reports a decision without date and status, and one that is not listed', () => {
  const { root } = planting({
    'docs/adr/README.md': '| [0001](0001-a.md) | a | 2026-11-28 |\n',
    'docs/adr/0001-a.md': '# 0001: a\n\nDate: 2026-11-28. Status: accepted.\n',
    'docs/adr/0002-b.md': '# 0002: b\n\nDate: 2026-11-28. Status: accepted. Extends 0001.\n',
    'docs/adr/0003-c.md': '# 0003: c\n\nAccepted, 2026-11-28.\n',
  });
  expect(decisionFaults(root)).toEqual([
    'docs/adr/README.md: must have the line | [0002](0002-b.md) | b | 2026-11-28 |',
    'docs/adr/0003-c.md: must begin with "# NNNN: title", and "Date: YYYY-MM-DD. Status: …."',
  ]);
});

test('reports a named package that package.json has not in this version, and a row without a version', () => {
  const { root } = planting({
    'package.json': JSON.stringify({
      dependencies: { '@middy/core': '7.9.2', argon2: '0.45.1' },
      devDependencies: { serverless: 'npm:osls@4.3.1', vite: '8.3.3' },
    }),
    'docs/adr/0038-named-packages.md': [
      '| asked for | here | because |',
      '|---|---|---|',
      '| `serverless` | `osls@4`, with `vite@8` | a |',
      '| `middy` | `@middy/core@6` | a |',
      '| `argon2` | `argon2@0.4` | a |',
      '| `jose` | `jose@6` | a |',
      '| `svelte` | version 5 | a |',
    ].join('\n'),
  });
  expect(namedPackageFaults(root)).toEqual([
    'docs/adr/0038-named-packages.md: package.json has no @middy/core@6',
    'docs/adr/0038-named-packages.md: package.json has no argon2@0.4',
    'docs/adr/0038-named-packages.md: package.json has no jose@6',
    'docs/adr/0038-named-packages.md: svelte has no package with a version',
  ]);
});

test('reports a requirement without a test, and a test that is not in its file', () => {
  const page = [
    '| requirement | shown by |',
    '|---|---|',
    '| One. | ["is one"](../core/a.test.ts), ["is %s"](../core/a.test.ts) |',
    '| Two. | ["is on"](../core/a.test.ts), ["is one"](../core/b.test.ts) |',
    '| Three. | soon |',
    '| Four. | No test: AWS does it. |',
  ];
  const source = "test('is one', () => {});\ntest.each([[1, 2]])(\n  'is %s',\n  () => {},\n);\n// is on\n";
  const { root } = planting({ 'docs/security.md': page.join('\n'), 'core/a.test.ts': source });
  expect(securityTestFaults(root)).toEqual([
    'docs/security.md: core/a.test.ts has no test "is on"',
    'docs/security.md: core/b.test.ts has no test "is one"',
    'docs/security.md: names no test, and no reason after "No test:": | Three. | soon |',
  ]);
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
