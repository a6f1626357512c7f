import { refuseOtherTables, refuseRealMoney } from './only-test-parts.ts';

const variables = {
  apiUrl: 'PUPERO_TEST_API_URL',
  siteUrl: 'PUPERO_TEST_SITE_URL',
  lambdaUrl: 'PUPERO_TEST_LAMBDA_URL',
  nodeUrl: 'PUPERO_TEST_NODE_URL',
  payeeUrl: 'PUPERO_TEST_PAYEE_URL',
  houseAddress: 'PUPERO_TEST_HOUSE_ADDRESS',
  /** The folder of sent mails, or the address at which the emulator lists them. */
  mailbox: 'PUPERO_TEST_MAILBOX',
  /** `offline` or `deployed`: the gateway before the functions. Each answers malformed requests in its own way. */
  gateway: 'PUPERO_TEST_GATEWAY',
  stage: 'STAGE',
} as const;

/** Addresses and names of the running test sandbox, by the helpers' names for its parts. */
export type TestSandbox = Record<keyof typeof variables, string>;

/**
 * The sandbox that `npm test` started for this run, from the environment.
 *
 * @throws an Error if there is none, or if it is not one for tests
 */
export function theSandbox(environment: NodeJS.ProcessEnv = process.env): TestSandbox {
  const missing = Object.values(variables).filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Error(
      `This suite wants a sandbox: run it by "npm test -- --only …". Unset: ${missing.join(', ')}`,
    );
  refuseOtherTables(
    Object.keys(environment)
      .filter((name) => name.endsWith('_TABLE'))
      .map((name) => environment[name] ?? ''),
  );
  refuseRealMoney(environment.MONERO_NETWORK);
  const read = Object.entries(variables).map(([part, name]) => [part, environment[name]]);
  return Object.fromEntries(read) as TestSandbox;
}
