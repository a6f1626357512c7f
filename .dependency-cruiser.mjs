// Who may import whom. Each rule has a planted violation in tests/check/import-rules.test.ts that it must catch.

/** The core's money, ids, times, kinds and states. contract and web share them; the rest of core holds decisions. */
const vocabulary =
  '^core/(money/|(ids|time)[.]ts$|[^/]+/(states|limits|networks|ledger|deposits|withdrawals)[.]ts$)';
const tests = '[.]test[.]ts$';
const rooms = '^(contract|core|adapters|functions|web|stage|deploy|sandbox)/';

/** A room may import these folders of ours, and no others. Its tests may import more. */
const only = (room, comment, ...folders) => ({
  name: `${room}-imports-too-much`,
  comment,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: tests },
  to: { path: rooms, pathNot: [`^${room}/`, ...folders] },
});

/** The domains of core, lowest first. A domain imports lower levels only, and no neighbour of its own level. */
const ladder = [
  ['money'],
  ['events'],
  ['ledger', 'chain'],
  ['accounts', 'offers', 'deposits', 'withdrawals'],
  ['trades', 'wallet'],
  ['sandbox', 'system'],
  ['audit'],
];

const ladderRules = ladder.map((level, at) => ({
  name: `core-ladder-${level.join('-')}`,
  comment: 'A rule that needs a domain above its own cannot be read, tested or moved without that domain.',
  severity: 'error',
  from: { path: `^core/(${level.join('|')})/`, pathNot: tests },
  to: { path: `^core/(${ladder.slice(at).flat().join('|')})/`, pathNot: '^core/$1/' },
}));

/** These packages belong to these folders alone. */
const packagesOnlyIn = (name, comment, packages, ...folders) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(contract|core|adapters|functions|web)/', pathNot: [tests, ...folders] },
  to: { path: packages },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one thought in two places: neither can be read or tested alone.',
      severity: 'error',
      from: {},
      // The table of routes names its pages lazily, and they ask it for links.
      to: { circular: true, viaOnly: { pathNot: '^web/src/routes[.]ts$' } },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that leads nowhere escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    only(
      'core',
      'The rules of the trade depend on nothing of ours, so that they can be run, and trusted, alone.',
    ),
    ...ladderRules.slice(0, -1),
    {
      name: 'core-domains-stand-in-the-ladder',
      comment: 'A domain outside the ladder could import, and be imported by, every other one.',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: '^core/[^/]+/', pathNot: `^core/(${ladder.flat().join('|')})/` },
    },
    only(
      'contract',
      'The contract carries the words of the core over the wire; it decides nothing.',
      vocabulary,
    ),
    only(
      'adapters',
      'An adapter serves a port of the core; the API that led to it is none of its business.',
      '^core/',
    ),
    only(
      'functions',
      'A door joins contract, core and adapters; what runs or tests it stays outside.',
      '^contract/',
      '^core/',
      '^adapters/',
    ),
    only(
      'web',
      'The site knows the API and its words, never how it is done: what it imports goes to every browser.',
      '^contract/',
      vocabulary,
    ),
    only(
      'stage',
      'A deploy and the sandbox both use it, so it knows neither of them.',
      '^core/',
      '^adapters/',
    ),
    only(
      'deploy',
      'A deploy must not change with the sandbox. Code that both need is in stage/.',
      '^(contract|core|adapters|functions|stage)/',
    ),
    only(
      'sandbox',
      'The sandbox must not change with a deploy. Code that both need is in stage/.',
      '^(contract|core|adapters|functions|stage)/',
    ),
    {
      name: 'functions-are-islands',
      comment:
        'Each function is deployed alone, with its own role; what two need lives in core, adapters or functions/http.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: tests },
      to: { path: '^functions/[^/]+/', pathNot: '^functions/($1|http|queue|schedule)/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What runs must not hang on what proves it.',
      severity: 'error',
      from: { pathNot: [tests, '^(tests|bench)/'] },
      to: { path: [tests, '^tests/'] },
    },
    {
      name: 'bench-is-not-imported',
      comment: 'What is measured must not know of it; nor may what proves it.',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'core-and-contract-are-pure',
      comment:
        'No file, network, process or chance of Node: time, ids and the world come in as arguments and ports.',
      severity: 'error',
      from: { path: '^(core|contract)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-takes-few-packages',
      comment: 'Only packages that compute: hashes and encodings.',
      severity: 'error',
      from: { path: '^core/', pathNot: tests },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@noble/(curves|hashes)|@scure/base)/' },
    },
    packagesOnlyIn(
      'aws-only-in-adapters',
      'The rest speaks of offers and trades; only adapters know that a store of AWS keeps them.',
      'node_modules/@aws-sdk/',
      '^adapters/',
    ),
    packagesOnlyIn(
      'monero-only-in-its-adapter',
      "Whoever touches the wallet's library can spend: one folder, easy to read again.",
      'node_modules/monero-ts/',
      '^adapters/monero/',
    ),
    {
      name: 'wallet-only-where-it-pays',
      comment:
        "A function that serves the HTTP API never carries the wallet's library, so it can never be made to spend.",
      severity: 'error',
      from: { path: '^functions/([^/]+/handler[.]ts$|http/)', pathNot: tests },
      to: { path: 'node_modules/monero-ts/', reachable: true },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'What is only installed to develop is not there when deployed.',
      severity: 'error',
      from: { path: '^(contract|core|adapters|functions)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((web/)?dist|[.]data|[.]serverless|[.]esbuild|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
