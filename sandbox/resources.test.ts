import { newSecrets } from '#deploy/secrets-of-a-deploy.ts';
import { functionsEnvironment } from './environment.ts';
import { declaredQueues, declaredTables } from './resources.ts';

const environment = functionsEnvironment({
  stage: 'test-1',
  network: 'regtest',
  endpoints: { dynamodbUrl: 'http://d', queueUrl: 'http://q', nodeUrl: 'http://n', walletUrl: 'http://w' },
  payoutQueueUrl: 'http://q/payouts',
  siteOrigin: 'http://localhost:5000',
  wallet: { user: 'u', password: 'p' },
  secrets: newSecrets(),
});

test('the functions are told of every table that infra declares, and of no other', () => {
  const told = Object.entries(environment).filter(([name]) => name.endsWith('_TABLE'));
  const declared = declaredTables('test-1').map(({ input }) => input.TableName);
  expect(told.map(([, table]) => table).sort()).toEqual(declared.sort());
});

test('nothing of the environment points at the real AWS, or at another network', () => {
  expect(environment).toMatchObject({
    ...{ AWS_ENDPOINT_URL_DYNAMODB: 'http://d', AWS_ENDPOINT_URL_SQS: 'http://q', MONERO_NETWORK: 'regtest' },
    ...{ MONERO_NODE_URL: 'http://n', MONERO_WALLET_RPC_URL: 'http://w' },
  });
});

test('every table has keys, every index is of attributes that are defined', () => {
  for (const { input } of declaredTables('test-1')) {
    const defined = input.AttributeDefinitions?.map((attribute) => attribute.AttributeName);
    const keys = [input, ...(input.GlobalSecondaryIndexes ?? [])].flatMap(({ KeySchema = [] }) => KeySchema);
    expect(keys.length).toBeGreaterThan(0);
    for (const { AttributeName } of keys) expect(defined).toContain(AttributeName);
  }
});

test('the dead-letter queue comes before the queue that points to it', () => {
  const queues = declaredQueues('test-1');
  const [dead, payouts] = queues;
  expect(payouts).toMatchObject({ logicalId: 'PayoutQueue', deadLettersTo: dead?.logicalId });
  expect(Number(payouts?.attributes.maxReceiveCount)).toBeGreaterThan(1);
  for (const { name, attributes } of queues) {
    expect(name).toMatch(/test-1.*\.fifo$/);
    expect(attributes.FifoQueue).toBe('true');
  }
});
