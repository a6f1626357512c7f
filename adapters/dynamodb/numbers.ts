import type { Item } from './client.ts';

/** The store gives every number as a bigint; those named are counts, heights and times, which are plain numbers. */
export function plainNumbers<T>(item: Item, names: readonly (keyof T & string)[]): T {
  const plain = names
    .filter((name) => item[name] !== undefined)
    .map((name) => [name, Number(item[name])] as const);
  return { ...item, ...Object.fromEntries(plain) } as T;
}

/** Digits that sort as text the way the number sorts: times in milliseconds, subaddress indexes. */
export const sortable = (value: number) => value.toString().padStart(15, '0');
