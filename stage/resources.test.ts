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
    PAYMENT_ACCOUNTS_TABLE: 'pupero-test-1-payment-accounts',
  });
});

test('each dead-letter queue comes before the queue that points to it', () => {
  const queues = declaredQueues('test-1');
  const feeding = queues.filter(({ deadLettersTo }) => deadLettersTo !== undefined);
  expect(feeding.map(({ logicalId }) => logicalId).sort()).toEqual([
    'CoverQueue',
    'MailQueue',
    'PayoutQueue',
  ]);
  for (const { logicalId, deadLettersTo, attributes } of feeding) {
    const at = (id: string | undefined) => queues.findIndex((queue) => queue.logicalId === id);
    expect(at(deadLettersTo)).toBeGreaterThanOrEqual(0);
    expect(at(deadLettersTo)).toBeLessThan(at(logicalId));
    expect(Number(attributes.maxReceiveCount)).toBeGreaterThan(1);
  }
});

test('the queues of payouts keep their order', () => {
  for (const { name, attributes } of declaredQueues('test-1').filter((queue) => /payouts/.test(queue.name))) {
    expect(name).toMatch(/test-1.*\.fifo$/);
    expect(attributes.FifoQueue).toBe('true');
  }
});
