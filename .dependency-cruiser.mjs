// Who may import whom. Each rule has a planted violation in tests/check/import-rules.test.ts that it must catch.

/** The core's money, ids, times, kinds and states, which contract and web share. The rest of core has the decisions. */
const vocabulary =
  '^core/(money/|(ids|time)[.]ts$|[^/]+/(states|limits|networks|ledger|deposits|withdrawals|standing|kinds)[.]ts$)';
const tests = '[.]test[.]ts$';
const ourFolders = '^(contract|core|adapters|functions|web|stage|deploy|sandbox)/';

/** A folder may import only these folders of ours. Its tests may import more. */
const only = (folder, comment, ...allowed) => ({
  name: `${folder}-imports-too-much`,
  comment,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: ourFolders, pathNot: [`^${folder}/`, ...allowed] },
});

/** The domains of core, lowest first. A domain imports lower levels only, and no neighbour of its own level. */
const ladder = [
  ['money'],
  ['payment-methods'],
  ['events', 'halts'],
  ['notices'],
  ['live'],
  ['ledger', 'chain'],
  ['accounts', 'offers', 'deposits', 'withdrawals'],
  ['payment-accounts'],
  ['trades', 'wallet', 'mail'],
  ['talk', 'reputation'],
  ['moderation'],
  ['sandbox', 'system', 'privacy', 'disputes'],
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
      comment: 'Two files that import each other cannot be read or tested separately.',
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
    only('core', 'The rules must not depend on other folders, so that they can be tested alone.'),
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
      'The contract only describes the wire format of the core; it has no decisions.',
      vocabulary,
    ),
    only('adapters', 'An adapter implements a port of the core and must not know the API.', '^core/'),
    only(
      'functions',
      'A function joins contract, core and adapters. It must not know the sandbox, a deploy or the tests.',
      '^contract/',
      '^core/',
      '^adapters/',
    ),
    only(
      'web',
      'The site may know the API only, because its imports are sent to every browser.',
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
    only(
      'simulation',
      'It runs the core on the fakes, also in a browser, so it knows nothing else of ours.',
      '^core/',
      '^adapters/memory/',
      // Its command installs missing packages like the others.
      '^sandbox/bootstrap/',
    ),
    {
      name: 'simulation-runs-in-browsers',
      comment: 'Only its commands may use Node.',
      severity: 'error',
      from: { path: '^simulation/', pathNot: [tests, '^simulation/(commands/|start[.]mjs$)'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'simulation-is-not-imported',
      comment: 'Nothing that is deployed may depend on the simulation.',
      severity: 'error',
      from: { pathNot: '^simulation/' },
      to: { path: '^simulation/' },
    },
    {
      name: 'functions-are-islands',
      comment:
        'Each function is deployed alone, with its own role. Shared code is in core, adapters or functions/http.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: tests },
      to: { path: '^functions/[^/]+/', pathNot: '^functions/($1|http|queue|schedule)/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Production code must not depend on tests.',
      severity: 'error',
      from: { pathNot: [tests, '^(tests|bench)/'] },
      to: { path: [tests, '^tests/'] },
    },
    {
      name: 'bench-is-not-imported',
      comment: 'Production code and tests must not depend on the bench.',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'core-and-contract-are-pure',
      comment:
        'No files, network, processes or random values of Node: time and ids are arguments, the rest is ports.',
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
      'Only adapters may know that AWS stores the data.',
      'node_modules/@aws-sdk/',
      '^adapters/',
    ),
    packagesOnlyIn(
      'monero-only-in-its-adapter',
      "Code with the wallet's library can spend, so it is in one folder that is easy to review.",
      'node_modules/monero-ts/',
      '^adapters/monero/',
    ),
    {
      name: 'wallet-only-where-it-pays',
      comment:
        "A function of the HTTP API must not contain the wallet's library, so that it can never spend.",
      severity: 'error',
      from: { path: '^functions/([^/]+/handler[.]ts$|http/)', pathNot: tests },
      to: { path: 'node_modules/monero-ts/', reachable: true },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'Development packages are missing in a deploy.',
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
