import { plant } from './planted.ts';

const importing = (target: string) => `import '${target}';\n`;

/** For each rule, files that break it and no other. */
const violations: [rule: string, file: string, source: string][] = [
  ['no-cycles', 'core/cycle-a.ts', `${importing('./cycle-b.ts')}export const a = 1;\n`],
  ['nothing-unresolvable', 'core/lost.ts', importing('./nowhere.ts')],
  ['core-imports-too-much', 'core/adapted.ts', importing('#adapters/store.ts')],
  ['core-imports-too-much', 'core/typed.ts', "export type { A } from '#adapters/store.ts';\n"],
  ['core-ladder-money', 'core/money/booked.ts', importing('../ledger/ledger.ts')],
  ['core-ladder-payment-methods', 'core/payment-methods/booked.ts', importing('../ledger/ledger.ts')],
  ['core-ladder-events-halts', 'core/events/booked.ts', importing('../ledger/ledger.ts')],
  ['core-ladder-notices', 'core/notices/booked.ts', importing('../ledger/ledger.ts')],
  ['core-ladder-live', 'core/live/booked.ts', importing('../ledger/ledger.ts')],
  ['core-ladder-ledger-chain', 'core/ledger/watched.ts', importing('../chain/node.ts')],
  ['core-ladder-ledger-chain', 'core/chain/credited.ts', importing('../deposits/deposits.ts')],
  [
    'core-ladder-accounts-offers-deposits-withdrawals',
    'core/deposits/paid.ts',
    importing('../withdrawals/withdrawals.ts'),
  ],
  [
    'core-ladder-accounts-offers-deposits-withdrawals',
    'core/offers/taken.ts',
    importing('../trades/rules.ts'),
  ],
  ['core-ladder-payment-accounts', 'core/payment-accounts/traded.ts', importing('../trades/rules.ts')],
  ['core-ladder-trades-wallet-mail', 'core/trades/audited.ts', importing('../audit/audit.ts')],
  ['core-ladder-talk-reputation', 'core/talk/audited.ts', importing('../audit/audit.ts')],
  ['core-ladder-moderation', 'core/moderation/audited.ts', importing('../audit/audit.ts')],
  ['core-ladder-sandbox-system-privacy-disputes', 'core/sandbox/audited.ts', importing('../audit/audit.ts')],
  ['core-domains-stand-in-the-ladder', 'core/trades/gossiping.ts', importing('../gossip/gossip.ts')],
  ['contract-imports-too-much', 'contract/deciding.ts', importing('#core/trades/rules.ts')],
  ['adapters-imports-too-much', 'adapters/on-the-wire.ts', importing('#contract/trades.ts')],
  ['functions-imports-too-much', 'functions/auth/sandboxed.ts', importing('#sandbox/start.ts')],
  ['web-imports-too-much', 'web/src/clever.ts', importing('#core/trades/rules.ts')],
  ['stage-imports-too-much', 'stage/deployed.ts', importing('#deploy/stack.ts')],
  ['stage-imports-too-much', 'stage/sandboxed.ts', importing('#sandbox/start.ts')],
  ['deploy-imports-too-much', 'deploy/sandboxed.ts', importing('#sandbox/start.ts')],
  ['sandbox-imports-too-much', 'sandbox/deployed.ts', importing('#deploy/stack.ts')],
  ['simulation-imports-too-much', 'simulation/deployed.ts', importing('#deploy/stack.ts')],
  ['simulation-imports-too-much', 'simulation/stored.ts', importing('#adapters/store.ts')],
  ['simulation-runs-in-browsers', 'simulation/reading.ts', importing('node:fs')],
  ['simulation-is-not-imported', 'sandbox/simulated.ts', importing('../simulation/world.ts')],
  ['functions-are-islands', 'functions/offers/neighbour.ts', importing('../trades/trades.ts')],
  ['tests-are-not-imported', 'sandbox/proven.ts', importing('#tests/helpers/person.ts')],
  ['bench-is-not-imported', 'tests/helpers/measured.ts', importing('../../bench/meter.ts')],
  ['core-and-contract-are-pure', 'core/reading.ts', importing('node:fs')],
  ['core-takes-few-packages', 'core/parsing.ts', importing('zod')],
  ['aws-only-in-adapters', 'functions/auth/storing.ts', importing('@aws-sdk/client-dynamodb')],
  ['monero-only-in-its-adapter', 'functions/withdrawals/spending.ts', importing('monero-ts')],
  ['wallet-only-where-it-pays', 'functions/withdrawals/handler.ts', importing('../signing.ts')],
  ['no-development-packages-in-production', 'adapters/served.ts', importing('fast-check')],
];

/** Files that the violations import, and allowed imports. */
const around = {
  'core/cycle-b.ts': importing('./cycle-a.ts'),
  'core/trades/rules.ts': "import type { Id } from '../ids.ts';\nexport type Rule = Id;\n",
  'core/ledger/ledger.ts': "import '../money/xmr.ts';\n",
  'core/money/xmr.ts': 'export type Piconero = bigint;\n',
  'core/chain/node.ts': "import '../money/xmr.ts';\n",
  'core/deposits/deposits.ts': "import '../chain/node.ts';\nimport '../ledger/ledger.ts';\n",
  'core/withdrawals/withdrawals.ts': "import '../chain/node.ts';\nimport './fee.ts';\n",
  'core/withdrawals/fee.ts': 'export {};\n',
  'core/audit/audit.ts':
    "import '../deposits/deposits.ts';\nimport '../trades/rules.ts';\nimport '../withdrawals/withdrawals.ts';\n",
  'core/gossip/gossip.ts': 'export {};\n',
  'core/ids.ts': "import '@noble/hashes/sha3.js';\nexport type Id = string;\n",
  'core/rules.test.ts': "import 'fast-check';\nimport 'node:fs';\n",
  'contract/trades.ts': "import 'zod';\nimport '#core/ids.ts';\n",
  'adapters/store.ts': "import '@aws-sdk/client-dynamodb';\nimport '#core/ids.ts';\nexport type A = 1;\n",
  'adapters/monero/wallet.ts': importing('monero-ts'),
  'functions/trades/trades.ts': "import '#contract/trades.ts';\nimport '#adapters/store.ts';\n",
  'functions/signing.ts': importing('#adapters/monero/wallet.ts'),
  'functions/withdrawals/pay.ts': importing('../signing.ts'),
  'web/src/page.ts': "import '#contract/trades.ts';\nimport '#core/ids.ts';\n",
  'stage/tables.ts': "import '#adapters/store.ts';\nimport '#core/ids.ts';\n",
  'deploy/stack.ts': importing('#stage/tables.ts'),
  'sandbox/start.ts':
    "import 'node:fs';\nimport '#functions/trades/trades.ts';\nimport '#stage/tables.ts';\n",
  'adapters/memory/books.ts': importing('#core/ids.ts'),
  'simulation/world.ts': "import '#adapters/memory/books.ts';\nimport '#core/ids.ts';\n",
  'simulation/commands/main.ts': "import 'node:fs';\nimport '../world.ts';\n",
  'bench/meter.ts': "import '#sandbox/start.ts';\nimport '#tests/helpers/person.ts';\n",
  'tests/helpers/person.ts': importing('#contract/trades.ts'),
};

type Rule = { name: string; comment?: string };
let project: ReturnType<typeof plant>;
let rules: Rule[];
let found: { from: string; rule: Rule }[];

beforeAll(async () => {
  const planted = Object.fromEntries(violations.map(([, file, source]) => [file, source]));
  project = plant({ ...around, ...planted });
  const folders = [
    'contract',
    'core',
    'adapters',
    'functions',
    'stage',
    'deploy',
    'sandbox',
    'tests',
    'bench',
    'simulation',
    'web',
  ];
  const printed = await project.run(
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'json',
    ...folders,
  );
  const { summary } = JSON.parse(printed);
  found = summary.violations;
  rules = summary.ruleSetUsed.forbidden;
}, 30_000);

afterAll(() => project.remove());

test.each(violations)('reports exactly %s for %s', (rule, file) => {
  expect(rulesBrokenBy(file)).toEqual([rule]);
});

test('reports no allowed import', () => {
  expect(Object.keys(around).filter((file) => rulesBrokenBy(file).length > 0)).toEqual([]);
});

test('every rule has a reason and a planted violation', () => {
  expect(rules.filter(({ comment }) => !comment)).toEqual([]);
  expect(new Set(violations.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
});

function rulesBrokenBy(file: string): string[] {
  return [...new Set(found.filter(({ from }) => from === file).map(({ rule }) => rule.name))];
}
