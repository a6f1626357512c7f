import { readFileSync } from 'node:fs';
import type { Template } from '#deploy/grants.ts';
import { templateIn } from '#deploy/serverless.ts';

const template: Template = JSON.parse(readFileSync(templateIn(process.env.PUPERO_TEST_PACKAGE!), 'utf8'));

/** The properties of every resource of one type, by logical name. */
const every = (type: string) =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([name, { Properties }]) => [name, Properties as Record<string, unknown>] as const);

test.each(every('AWS::DynamoDB::Table'))(
  '%s is billed per request, restorable, and protected against deletion',
  (_, table) => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  },
);

test('the payout queue is FIFO, and moves messages that keep failing to the dead letters', () => {
  expect(Object.fromEntries(every('AWS::SQS::Queue'))).toMatchObject({
    PayoutQueue: {
      FifoQueue: true,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['PayoutDeadLetters', 'Arn'] },
        maxReceiveCount: 5,
      },
    },
    PayoutDeadLetters: { FifoQueue: true },
  });
});

test('a message stays hidden for six times the time-out of its function, which AWS advises', () => {
  const [[, queue]] = every('AWS::SQS::Queue').filter(([name]) => name === 'PayoutQueue') as [
    [string, object],
  ];
  const [[, payer]] = every('AWS::Lambda::Function').filter(([name]) =>
    name.startsWith('PayWithdrawals'),
  ) as [[string, { Timeout: number }]];
  expect(queue).toMatchObject({ VisibilityTimeout: 6 * payer.Timeout });
});

test('every alarm is sent to the topic', () => {
  const alarms = every('AWS::CloudWatch::Alarm');
  expect(alarms.map(([, { AlarmName }]) => AlarmName).sort()).toEqual([
    'pupero-docs-api-fails',
    'pupero-docs-chain-away',
    'pupero-docs-dead-letters',
    'pupero-docs-payer-fails',
    'pupero-docs-payout-fails',
    'pupero-docs-payouts-wait',
    'pupero-docs-watcher-fails',
    'pupero-docs-watcher-silent',
  ]);
  for (const [, alarm] of alarms) expect(alarm.AlarmActions).toEqual([{ Ref: 'AlarmsTopic' }]);
});

test('an alarm on a function names a deployed function', () => {
  const functions = every('AWS::Lambda::Function').map(([, { FunctionName }]) => FunctionName);
  const watched = every('AWS::CloudWatch::Alarm')
    .flatMap(([, { Dimensions = [] }]) => Dimensions as { Name: string; Value: unknown }[])
    .filter(({ Name }) => Name === 'FunctionName');
  expect(watched).toHaveLength(3);
  for (const { Value } of watched) expect(functions).toContain(Value);
});

test('AWS does not retry a scheduled function, because its next run does', () => {
  const tries = every('AWS::Lambda::EventInvokeConfig').map(([, properties]) => properties);
  expect(tries.map(({ FunctionName }) => JSON.stringify(FunctionName)).sort()).toEqual([
    '{"Ref":"DeliverEventsLambdaFunction"}',
    '{"Ref":"ErasePaymentDetailsLambdaFunction"}',
    '{"Ref":"EraseTalksLambdaFunction"}',
    '{"Ref":"ExpireTradesLambdaFunction"}',
    '{"Ref":"FinishDeletionsLambdaFunction"}',
    '{"Ref":"FollowMarketLambdaFunction"}',
    '{"Ref":"FollowWithdrawalsLambdaFunction"}',
    '{"Ref":"FreeHoldsLambdaFunction"}',
    '{"Ref":"UpdateRatesLambdaFunction"}',
    '{"Ref":"WatchDepositsLambdaFunction"}',
  ]);
  for (const config of tries)
    expect(config).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
});

test('the log lines that alarms count are the lines that the code writes', () => {
  const filters = every('AWS::Logs::MetricFilter').map(([, { FilterPattern }]) => String(FilterPattern));
  const lines = filters.flatMap((pattern) =>
    [...pattern.matchAll(/message = "([^"]+)"/g)].map(([, line]) => line!),
  );
  expect(lines.sort()).toEqual([
    'message failed',
    'node away',
    'the node is behind the chain that was read',
    'the node is of another chain',
    'the node is of another network',
    'the wallet is of another network',
    'wallet away',
  ]);
  const sources = ['core/deposits/watch-deposits.ts', 'functions/queue/queue-consumer.ts'].map((file) =>
    readFileSync(file, 'utf8'),
  );
  for (const line of lines) expect(sources.join('')).toContain(`'${line}'`);
});

test('no function reserves concurrency, because a small account has none to reserve', () => {
  for (const [, properties] of every('AWS::Lambda::Function'))
    expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
});

test.each(['PicturesBucket', 'SiteBucket'])('%s blocks public access', (name) => {
  const buckets = Object.fromEntries(every('AWS::S3::Bucket'));
  expect(buckets[name]).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});

test('the private network of the functions leads only to the services that they call', () => {
  const endpoints = every('AWS::EC2::VPCEndpoint').map(([, { ServiceName }]) => JSON.stringify(ServiceName));
  expect(endpoints.map((name) => name.split('.').at(-1)!.replace(/\W/g, '')).sort()).toEqual([
    'dynamodb',
    'sqs',
    'ssm',
  ]);
  const routesOut = every('AWS::EC2::Route').map(([, { RouteTableId }]) => RouteTableId);
  expect(routesOut).toEqual([{ Ref: 'WalletRoutes' }]);
});
