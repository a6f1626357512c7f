import type { TableResource } from '#stage/resources.ts';
import { itemBytes, type StoredItem, writeUnitsOf } from './sizes.ts';

/** One item, or one entry of an index, that a call wrote or checked. */
export type Written = {
  table: string;
  /** The first word of its key: `TRADE`, `BALANCE`, … */
  kind: string;
  /** The index whose entry was updated; absent for the item itself. */
  index?: string;
  how: 'new' | 'changed' | 'moved' | 'removed' | 'checked' | 'refused';
  bytes: number;
  units: number;
};

export type Images = { before: StoredItem | undefined; after: StoredItem | undefined };
export type Target = Images & { table: string; pk: string; isCheck: boolean; transactional: boolean };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const bytesOf = (item: StoredItem | undefined) => (item ? itemBytes(item) : 0);
const changeOf = ({ before, after }: Images) => (!before ? 'new' : after ? 'changed' : 'removed');

/**
 * Cost of one item by the published rules: the larger of its two images, twice in a transaction, plus each changed
 * index entry. An index entry costs the same inside and outside of a transaction. (AWS, Amazon DynamoDB Developer
 * Guide: "Write operations", "Using Global Secondary Indexes". The engine's own figures are the same. Its authors
 * compared them with AWS: github.com/nubo-db/dynoxide/pull/188.)
 */
export function writtenOf(target: Target, { input }: TableResource): Written[] {
  const kind = target.pk.split('#', 1)[0]!;
  const about = { table: target.table, kind };
  const bytes = Math.max(bytesOf(target.before), bytesOf(target.after));
  const item: Written = {
    ...about,
    how: target.isCheck ? 'checked' : changeOf(target),
    bytes,
    units: writeUnitsOf(bytes) * (target.transactional ? 2 : 1),
  };
  if (target.isCheck) return [item];
  const indexes = (input.GlobalSecondaryIndexes ?? []).flatMap((index) => {
    const images = {
      before: entryOf(target.before, input.KeySchema, index),
      after: entryOf(target.after, input.KeySchema, index),
    };
    const followed = followedBy(images, namesOf(index.KeySchema));
    return followed ? [{ ...about, index: index.IndexName!, ...followed }] : [];
  });
  return [item, ...indexes];
}

type Schema = { AttributeName?: string | undefined }[] | undefined;
type Index = NonNullable<TableResource['input']['GlobalSecondaryIndexes']>[number];

const namesOf = (schema: Schema) => (schema ?? []).map(({ AttributeName }) => AttributeName!);

/** The entry of an item in an index; none if the item lacks a part of its key. */
function entryOf(item: StoredItem | undefined, tableKeys: Schema, index: Index): StoredItem | undefined {
  const keys = namesOf(index.KeySchema);
  if (!item || keys.some((name) => !(name in item))) return undefined;
  if (index.Projection?.ProjectionType === 'ALL') return item;
  const kept = [...keys, ...namesOf(tableKeys), ...(index.Projection?.NonKeyAttributes ?? [])];
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.includes(name)));
}

/** A changed key is two writes, because the entry is removed and added. An unchanged entry costs nothing. */
function followedBy({ before, after }: Images, keys: string[]) {
  if ((!before && !after) || same(sorted(before), sorted(after))) return undefined;
  const sizes = [before, after].filter((entry) => entry !== undefined).map(itemBytes);
  const bytes = Math.max(...sizes);
  const moved = before && after && keys.some((name) => !same(before[name], after[name]));
  if (!moved) return { how: changeOf({ before, after }), bytes, units: writeUnitsOf(bytes) } as const;
  return { how: 'moved', bytes, units: sizes.reduce((sum, size) => sum + writeUnitsOf(size), 0) } as const;
}

const sorted = (item: StoredItem | undefined) =>
  item && Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
