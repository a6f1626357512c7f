import { repeatable } from './plan.ts';

test('a call that is made again has no condition, nor what only that mentioned', () => {
  const input = {
    TableName: 't',
    Key: { pk: { S: 'a' } },
    UpdateExpression: 'ADD available :available',
    ConditionExpression: '#v = :read AND available >= :spent',
    ExpressionAttributeNames: { '#v': 'version' },
    ExpressionAttributeValues: { ':available': { N: '1' }, ':spent': { N: '1' }, ':read': { N: '1' } },
  };
  expect(repeatable({ target: 'UpdateItem', input }).input).toEqual({
    TableName: 't',
    Key: { pk: { S: 'a' } },
    UpdateExpression: 'ADD available :available',
    ExpressionAttributeValues: { ':available': { N: '1' } },
  });
});

test('a query keeps what it asks with', () => {
  const input = {
    TableName: 't',
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: 'a' } },
  };
  expect(repeatable({ target: 'Query', input }).input).toEqual(input);
});

test('in a transaction a check stays, and always holds', () => {
  const check = { TableName: 't', Key: { pk: { S: 'a' } }, ConditionExpression: '#v = :v' };
  const { input } = repeatable({
    target: 'TransactWriteItems',
    input: { TransactItems: [{ ConditionCheck: check }] },
  });
  expect(input).toEqual({
    TransactItems: [{ ConditionCheck: { ...check, ConditionExpression: 'attribute_exists(pk)' } }],
  });
});
