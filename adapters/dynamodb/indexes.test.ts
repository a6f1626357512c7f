import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as indexes from './indexes.ts';

type Keys = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
type Table = { Properties: { GlobalSecondaryIndexes?: { IndexName: string; KeySchema: Keys }[] } };

/** The indexes that infra/tables declares. */
function declaredIndexes(): indexes.Index[] {
  const tables = globSync('infra/tables/*.yml').flatMap((file) =>
    Object.values<Table>(parse(readFileSync(file, 'utf8')).Resources),
  );
  return tables
    .flatMap(({ Properties }) => Properties.GlobalSecondaryIndexes ?? [])
    .map(({ IndexName, KeySchema }) => {
      const named = (type: string) => KeySchema.find(({ KeyType }) => KeyType === type)!.AttributeName;
      return { name: IndexName, pk: named('HASH'), sk: named('RANGE') };
    });
}

const isIndex = (value: unknown): value is indexes.Index =>
  typeof value === 'object' && value !== null && 'pk' in value && 'sk' in value;
const byName = (a: indexes.Index, b: indexes.Index) => a.name.localeCompare(b.name);

test('the indexes that are asked are the ones that are declared', () => {
  const known = Object.values<unknown>(indexes).filter(isIndex);
  expect(known.sort(byName)).toEqual(declaredIndexes().sort(byName));
});
