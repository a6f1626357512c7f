// Faults in one domain of the core, and the tests of that domain alone, because all tests of the core take too long for
// each of some thousand faults. `npm run mutate` sets the domain.
const domain = process.env.MUTATED_DOMAIN ?? 'ledger';
const results = `test-results/mutation/${domain}`;

export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    config: {
      testEnvironment: 'node',
      extensionsToTreatAsEsm: ['.ts'],
      transform: { '\\.ts$': '<rootDir>/tests/setup/strip-types.mjs' },
      moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
      testMatch: [`<rootDir>/core/${domain}/*.test.ts`],
    },
  },
  coverageAnalysis: 'perTest',
  // A fault in a value that is computed at load needs all tests again, each time in a new process.
  ignoreStatic: true,
  mutate: [`core/${domain}/*.ts`, '!core/**/*.test.ts'],
  ignorePatterns: [
    '**',
    '!core/**',
    '!adapters/**',
    '!contract/**',
    '!docs/*.md',
    '!tests/**',
    '!package.json',
  ],
  tempDirName: `${results}/copy`,
  concurrency: 2,
  // A busy machine starts a test process in some ten seconds, which must not count as a found fault.
  timeoutMS: 30_000,
  reporters: ['json', 'html'],
  jsonReporter: { fileName: `${results}/report.json` },
  htmlReporter: { fileName: `${results}/report.html` },
  incremental: true,
  incrementalFile: `${results}/incremental.json`,
};
