import { readFileSync } from 'node:fs';
import { grantsOf, type Template } from '#deploy/grants.ts';
import { permissionsTable } from '#deploy/permissions-table.ts';
import { templateIn } from '#deploy/serverless.ts';
import type { FunctionDeclaration } from '#functions/declaration.ts';
import { declaredFunctions } from '#infra/service.ts';
import { tableVariable } from '#stage/resources.ts';

const template: Template = JSON.parse(readFileSync(templateIn(process.env.PUPERO_TEST_PACKAGE!), 'utf8'));
const grants = grantsOf(template);
const names = Object.keys(grants);
const may = (name: string) => grants[name]!;
const having = (fits: (grant: { action: string; on: string }) => boolean) =>
  names.filter((name) => may(name).some(fits)).sort();

type Declared = { Role: unknown; Environment: { Variables: Record<string, string> }; VpcConfig?: object };
const declared = (name: string) => {
  const logicalId = `${name[0]!.toUpperCase()}${name.slice(1)}LambdaFunction`;
  return template.Resources[logicalId]!.Properties as Declared;
};

/** AWS requires these of a function in a network, and accepts no narrower resource. */
const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** `OFFERS_TABLE`, for `OffersTable` and its indexes. */
const tableIn = (on: string) => /^\w+Table\b/.exec(on)?.map(tableVariable);

const unusedTables = (name: string) => {
  const declaration: FunctionDeclaration = declaredFunctions[name as keyof typeof declaredFunctions];
  return (declaration.unusedTables ?? []).map(tableVariable);
};

test('each function has a role of its own', () => {
  expect(names).toHaveLength(29);
  expect(new Set(names.map((name) => JSON.stringify(declared(name).Role))).size).toBe(names.length);
});

test('auth may use neither ledger nor payments nor the queue of payouts', () => {
  expect(having(({ on }) => on.startsWith('LedgerTable'))).not.toContain('auth');
  expect(having(({ on }) => on.startsWith('PaymentsTable'))).not.toContain('auth');
  expect(having(({ on }) => on === 'PayoutQueue')).not.toContain('auth');
});

test('only the function of payment accounts writes them, and only it, trades and the export can read details', () => {
  const those = (action: string) =>
    having((grant) => grant.on === 'PaymentAccountsTable' && grant.action === action);
  expect(those('dynamodb:PutItem')).toEqual(['paymentAccounts']);
  expect(those('dynamodb:UpdateItem')).toEqual(['paymentAccounts']);
  expect(those('dynamodb:DeleteItem')).toEqual(['finishDeletions', 'paymentAccounts', 'privacy']);
  const holders = ['paymentAccounts', 'privacy', 'trades'];
  expect(having(({ on }) => on === 'secret PAYMENT_DETAILS_KEY')).toEqual(holders);
});

test('only functions of withdrawals may queue payouts, and only the payer may receive them', () => {
  const those = (action: string) => having((grant) => grant.on === 'PayoutQueue' && grant.action === action);
  expect(those('sqs:SendMessage')).toEqual(['followWithdrawals', 'payWithdrawals', 'withdrawals']);
  expect(those('sqs:ReceiveMessage')).toEqual(['payWithdrawals']);
});

test('functions with events, and those of deletions, may queue mails, and only one may receive and send them', () => {
  const those = (action: string) => having((grant) => grant.on === 'MailQueue' && grant.action === action);
  const writers = having(({ on, action }) => on === 'EventsTable' && action === 'dynamodb:DeleteItem');
  const deletions = ['finishDeletions', 'privacy'];
  expect(those('sqs:SendMessage')).toEqual([...writers, ...deletions].sort());
  expect(those('sqs:ReceiveMessage')).toEqual(['sendMails']);
  expect(having(({ action }) => action.startsWith('ses:'))).toEqual(['sendMails']);
});

test('only moderation may change halts', () => {
  const writers = having(
    ({ on, action }) => on === 'HaltsTable' && !/:(GetItem|ConditionCheckItem)$/.test(action),
  );
  expect(writers).toEqual(['moderation']);
});

test('functions with events may ask for cover, and only coverOffers answers', () => {
  const those = (action: string) => having((grant) => grant.on === 'CoverQueue' && grant.action === action);
  const writers = having(({ on, action }) => on === 'EventsTable' && action === 'dynamodb:DeleteItem');
  expect(those('sqs:SendMessage')).toEqual(writers);
  expect(those('sqs:ReceiveMessage')).toEqual(['coverOffers']);
});

test('functions with events, the talk and those of offers may give hints, and only one sends them to connections', () => {
  const those = (action: string) => having((grant) => grant.on === 'LiveQueue' && grant.action === action);
  const writers = having(({ on, action }) => on === 'EventsTable' && action === 'dynamodb:DeleteItem');
  const others = ['talk', 'offers', 'coverOffers', 'followMarket', 'sendHints'];
  expect(those('sqs:SendMessage')).toEqual([...writers, ...others].sort());
  expect(those('sqs:ReceiveMessage')).toEqual(['sendHints']);
  expect(having(({ action }) => action === 'execute-api:ManageConnections')).toEqual(['sendHints']);
});

test('the function that calls price sources outside uses the table of rates alone, which it alone writes', () => {
  const own = may('updateRates').map(({ on }) => on);
  expect(own.filter((on) => !on.startsWith('log group'))).toEqual(['RatesTable', 'RatesTable']);
  expect(declared('updateRates').VpcConfig).toBeUndefined();
  const writers = having(({ action, on }) => on === 'RatesTable' && /:(Put|Update|Delete)Item$/.test(action));
  expect(writers).toEqual(['updateRates']);
});

test('the wallet and deposits functions cannot write to the ledger', () => {
  const writers = having(
    ({ action, on }) => on === 'LedgerTable' && /:(Put|Update|Delete)Item$/.test(action),
  );
  expect(writers).toEqual([
    'expireTrades',
    'followWithdrawals',
    'freeHolds',
    'payWithdrawals',
    'sandbox',
    'trades',
    'watchDeposits',
    'withdrawals',
  ]);
});

test('only the payer and the watcher may read the login of wallet-rpc', () => {
  expect(having(({ on }) => on.startsWith('secret MONERO_'))).toEqual(['payWithdrawals', 'watchDeposits']);
});

test('only auth, moderation and deletions may write accounts, and only auth may read the key that signs access tokens', () => {
  expect(having(({ on }) => on === 'secret ACCESS_TOKEN_PRIVATE_KEY')).toEqual(['auth']);
  const onAccounts = (action: string) =>
    having((grant) => grant.on === 'AccountsTable' && grant.action === action);
  expect(onAccounts('dynamodb:PutItem')).toEqual(['auth', 'moderation', 'privacy']);
  expect(onAccounts('dynamodb:UpdateItem')).toEqual(['auth', 'finishDeletions', 'privacy']);
  expect(onAccounts('dynamodb:GetItem')).toEqual(['auth', 'moderation', 'privacy', 'sendMails']);
});

/** The sender is a setting, and its identity is its address or its domain. */
const MAILS = ['ses:SendEmail', 'ses:SendRawEmail'];

test.each(names)('%s: no action is *, and no resource except where AWS accepts nothing narrower', (name) => {
  const { VpcConfig } = declared(name);
  for (const { action, on } of may(name)) {
    expect(action).not.toMatch(/[*?]|Scan$/);
    if (on === `log group pupero-docs-${name}:*`)
      expect(action).toMatch(/^logs:(CreateLogStream|PutLogEvents)$/);
    else if (on === '*') expect([...NETWORK_INTERFACES, ...MAILS]).toContain(action);
    // Each picture is an object of its own.
    else if (on === 'PicturesBucket/uploads/*') expect(action).toMatch(/^s3:(Get|Put|Delete)Object$/);
    // Each connection has an id of its own.
    else if (on === 'WebsocketsApi/@connections/*') expect(action).toBe('execute-api:ManageConnections');
    else expect(on).not.toMatch(/[*?]/);
  }
  const onEverything = may(name).filter(({ action, on }) => on === '*' && !MAILS.includes(action));
  expect(onEverything.map(({ action }) => action).sort()).toEqual(VpcConfig ? NETWORK_INTERFACES : []);
});

test.each(names)('%s may use the tables whose names it receives, and no others', (name) => {
  const told = Object.keys(declared(name).Environment.Variables).filter((key) => key.endsWith('_TABLE'));
  const reached = new Set(may(name).flatMap(({ on }) => tableIn(on) ?? []));
  expect([...reached].sort()).toEqual(told.filter((table) => !unusedTables(name).includes(table)).sort());
});

/** Each of their rows may be read by every function that may query them. */
const QUERIED_TABLES = [
  'EventsTable',
  'LiveTable',
  'ModerationTable',
  'NoticesTable',
  'PaymentAccountsTable',
  'RatesTable',
  'ReputationTable',
  'SecondFactorsTable',
  'SessionsTable',
  'TalkTable',
];
/** Deletions are listed in the table of accounts, and only the schedule that finishes them reads the list. */
const isListOfDeletions = (name: string, on: string) => name === 'finishDeletions' && on === 'AccountsTable';

test.each(names)(
  '%s may only query indexes, and of whole tables those of events, rates, talks, and rows of one account',
  (name) => {
    for (const { action, on } of may(name).filter((grant) => grant.action.startsWith('dynamodb:'))) {
      const isQueried =
        on.includes('/index/') ||
        (action === 'dynamodb:Query' && (QUERIED_TABLES.includes(on) || isListOfDeletions(name, on)));
      expect({ action, on, isQueried }).toEqual({ action, on, isQueried: action === 'dynamodb:Query' });
    }
  },
);

test('no function that serves the HTTP API is in the private network of node and wallet', () => {
  expect(names.filter((name) => declared(name).VpcConfig).sort()).toEqual([
    'followWithdrawals',
    'payWithdrawals',
    'watchDeposits',
  ]);
});

test('docs/permissions.md shows what is granted', () => {
  const page = readFileSync('docs/permissions.md', 'utf8');
  if (page !== permissionsTable(grants))
    throw new Error('docs/permissions.md is out of date: npm run permissions');
});

test('refuses a role that grants by a managed policy', () => {
  const withManaged = structuredClone(template);
  Object.assign(withManaged.Resources.AuthRole!.Properties as object, { ManagedPolicyArns: ['any'] });
  expect(() => grantsOf(withManaged)).toThrow('AuthRole has a managed policy');
});
