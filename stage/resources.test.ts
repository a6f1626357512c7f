import { declaredQueues, declaredTables, tableNames } from './resources.ts';

test('every table has keys, and every index is of defined attributes', () => {
  for (const { input } of declaredTables('test-1')) {
    const defined = input.AttributeDefinitions?.map((attribute) => attribute.AttributeName);
    const keys = [input, ...(input.GlobalSecondaryIndexes ?? [])].flatMap(({ KeySchema = [] }) => KeySchema);
    expect(keys.length).toBeGreaterThan(0);
    for (const { AttributeName } of keys) expect(defined).toContain(AttributeName);
  }
});

test("a table's variable follows its logical name", () => {
  expect(tableNames('test-1')).toMatchObject({
    LEDGER_TABLE: 'pupero-test-1-ledger',
    SECOND_FACTORS_TABLE: 'pupero-test-1-second-factors',
  });
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
