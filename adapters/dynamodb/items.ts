import type { Log } from '#core/log.ts';
import { asMinorUnits, type MinorUnits } from '#core/money/fiat.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import type { Rows } from '#core/rows.ts';
import type { Item } from './client.ts';

/**
 * Reads the attributes of a stored item, each with its type. A missing or malformed one throws an error that names the
 * item and the attribute, because no step may continue from a wrong row.
 */
export function readerOf(item: Item) {
  function read<T>(name: string, expected: string, isValid: (value: unknown) => boolean): T {
    const value = item[name];
    if (!isValid(value)) throw new Error(`stored item ${item.pk}: ${name} must be ${expected}`);
    return value as T;
  }
  const amount = (name: string) => read<bigint>(name, 'an amount', isBigint);
  return {
    /** The attribute as `readOne` reads it; `undefined` if it is absent. */
    optional: <T>(name: string, readOne: (name: string) => T): T | undefined =>
      item[name] === undefined ? undefined : readOne(name),
    text: <T extends string>(name: string) => read<T>(name, 'a text', isText),
    /** One of these texts. */
    oneOf: <T extends string>(name: string, allowed: readonly T[]) =>
      read<T>(name, `one of ${allowed.join(', ')}`, (value) => allowed.some((known) => known === value)),
    integer: <T extends number>(name: string) => Number(read<bigint>(name, 'an integer', isInteger)) as T,
    piconero: (name: string): Piconero => asPiconero(amount(name)),
    minorUnits: (name: string): MinorUnits => asMinorUnits(amount(name)),
    /** Whether a mark is set; an absent one is not. */
    isMarked: (name: string): boolean =>
      item[name] !== undefined && read<boolean>(name, 'true, false or absent', isBoolean),
    texts: <T extends string>(name: string) => read<T[]>(name, 'a list of texts', listOf(isText)),
    /** The texts of a string set, in no order. */
    textSet: (name: string): string[] => [...read<Set<string>>(name, 'a set of texts', isSet)],
    integers: (name: string) => read<bigint[]>(name, 'a list of integers', listOf(isInteger)).map(Number),
    piconeros: (name: string) => read<Piconero[]>(name, 'a list of amounts', listOf(isBigint)),
    /** A nested object, to be read with a `readerOf` of its own. */
    object: (name: string): Item => ({ pk: item.pk, ...read<Item>(name, 'an object', isObject) }),
    objects: (name: string): Item[] =>
      read<Item[]>(name, 'a list of objects', listOf(isObject)).map((one) => ({ pk: item.pk, ...one })),
  };
}

const isText = (value: unknown) => typeof value === 'string';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isBigint = (value: unknown) => typeof value === 'bigint';
const isInteger = (value: unknown) => isBigint(value) && Number.isSafeInteger(Number(value));
const isSet = (value: unknown) => value instanceof Set && [...value].every(isText);
const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const listOf = (isOne: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isOne);

/** The entities of several items. */
export function rowsOf<T>(items: readonly Item[], read: (item: Item) => T): Rows<T> {
  const rows: Rows<T> = { items: [], unreadable: [] };
  for (const item of items) {
    try {
      rows.items.push(read(item));
    } catch (error) {
      rows.unreadable.push(error as Error);
    }
  }
  return rows;
}

/**
 * The entities of a page for a user. An item that cannot be read is left out and logged, because one broken row must
 * not hide the rest of a list.
 */
export function pageOf<T>(items: readonly Item[], read: (item: Item) => T, log: Pick<Log, 'error'>): T[] {
  const { items: found, unreadable } = rowsOf(items, read);
  for (const error of unreadable) log.error('unreadable row', { error });
  return found;
}
