import type { Item } from './client.ts';

/** Attributes that serve keys and indexes; what is stored beside them is the entity itself. */
const KEY_ATTRIBUTE = /^(pk|sk)$|(Pk|Sk)$/;

/**
 * The entity of an item: without keys, and with `numbers` (times, versions, counts) as numbers. Every other `N` stays
 * the bigint it was read as, because it is money.
 */
export function entityOf<T>(item: Item, numbers: readonly (keyof T & string)[]): T {
  const entries = Object.entries(item).filter(([name]) => !KEY_ATTRIBUTE.test(name));
  const isNumber = (name: string) => (numbers as readonly string[]).includes(name);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isNumber(name) ? Number(value) : value]),
  ) as T;
}
