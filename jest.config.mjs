import module from 'node:module';
import vm from 'node:vm';

const isJest = /jest(\.js)?$/.test(process.argv[1] ?? '');
if (isJest && !(module.stripTypeScriptTypes && vm.SourceTextModule))
  throw new Error('The tests need Node 24 with ES modules in Jest: npm run test:unit -- PATTERN');

// The functions' log lines would hide the output of the tests. Set it to see them.
process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';

/** Common to every project: TypeScript as ES modules. Node strips the types, and nothing else is transformed. */
const everywhere = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/setup/strip-types.mjs' },
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  modulePathIgnorePatterns: [
    '<rootDir>/(\\.data|\\.prod|\\.tools|\\.serverless|\\.esbuild|dist|coverage|test-results)/',
  ],
};

const rooms = [
  'contract',
  'core',
  'adapters',
  'functions',
  'infra',
  'stage',
  'deploy',
  'sandbox',
  'web/src',
  'tests/check',
  'tests/compose',
  'bench',
  'simulation',
];
/** @param {string[]} folders */
const testsIn = (...folders) => folders.map((folder) => `<rootDir>/${folder}/**/*.test.ts`);
/** Stories on the running sandbox. `npm test` passes its addresses in the environment. */
const againstTheSandbox = {
  ...everywhere,
  setupFiles: ['<rootDir>/tests/setup/only-test-parts.ts'],
  setupFilesAfterEnv: ['<rootDir>/tests/setup/own-address.ts', '<rootDir>/tests/setup/ledger-balances.ts'],
};

/** @type {import('jest').Config} */
export default {
  coverageProvider: 'v8',
  projects: [
    {
      ...everywhere,
      displayName: 'unit',
      testMatch: testsIn(...rooms),
      testPathIgnorePatterns: ['<rootDir>/bench/(cost|site)/'],
    },
    {
      ...everywhere,
      displayName: 'package',
      testMatch: testsIn('tests/package'),
      globalSetup: '<rootDir>/tests/setup/package.ts',
      globalTeardown: '<rootDir>/tests/setup/unpackage.ts',
    },
    { ...everywhere, displayName: 'cost', testMatch: testsIn('bench/cost') },
    { ...everywhere, displayName: 'simulation', testMatch: testsIn('tests/simulation') },
    { ...everywhere, displayName: 'sandbox', testMatch: testsIn('tests/sandbox') },
    { ...everywhere, displayName: 'ports', testMatch: testsIn('tests/ports') },
    { ...againstTheSandbox, displayName: 'journeys', testMatch: testsIn('tests/journeys') },
    { ...againstTheSandbox, displayName: 'browser', testMatch: testsIn('tests/browser', 'bench/site') },
    { ...againstTheSandbox, displayName: 'deployed', testMatch: testsIn('tests/deployed') },
  ],
};
