import { type Target, writtenOf } from './written.ts';

const table = {
  logicalId: 'ThingsTable',
  input: {
    TableName: 'trades',
    AttributeDefinitions: [],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-state',
        KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' as const }],
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      },
    ],
  },
};
const stored = (more: Record<string, string>) => ({
  pk: { S: 'TRADE#1' },
  ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, { S: text }])),
});
const target = (more: Partial<Target>): Target => ({
  ...{
    table: 'trades',
    pk: 'TRADE#1',
    isCheck: false,
    transactional: false,
    before: undefined,
    after: undefined,
  },
  ...more,
});
const unitsOf = (more: Partial<Target>) =>
  writtenOf(target(more), table).map(({ index = 'item', how, units }) => `${index} ${how} ${units}`);

test.each([
  ['new', {}, stored({ state: 'a' }), ['item new 1', 'by-state new 1']],
  [
    'its index key changes',
    stored({ state: 'a' }),
    stored({ state: 'b' }),
    ['item changed 1', 'by-state moved 2'],
  ],
  [
    'nothing that the index keeps changes',
    stored({ state: 'a' }),
    stored({ state: 'a', x: 'y' }),
    ['item changed 1'],
  ],
  ['it leaves the index', stored({ state: 'a' }), stored({}), ['item changed 1', 'by-state removed 1']],
])('an item is written: %s', (_, before, after, units) => {
  expect(unitsOf({ before: 'pk' in before ? before : undefined, after })).toEqual(units);
});

test('in a transaction the item costs twice as much, its index entries do not', () => {
  expect(unitsOf({ after: stored({ state: 'a' }), transactional: true })).toEqual([
    'item new 2',
    'by-state new 1',
  ]);
});

test('a check costs what the item read for it weighs, and no index', () => {
  const before = stored({ state: 'a', x: 'y'.repeat(1100) });
  expect(unitsOf({ before, after: before, isCheck: true, transactional: true })).toEqual(['item checked 4']);
});

test('the larger of two images is charged', () => {
  expect(unitsOf({ before: stored({ x: 'y'.repeat(2100) }), after: stored({}) })).toEqual(['item changed 3']);
});
