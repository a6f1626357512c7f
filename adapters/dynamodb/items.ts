import type { Log } from '#core/log.ts';
import { asMinorUnits, type MinorUnits } from '#core/money/fiat.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
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

/**
 * Reads the attributes of a stored item, each with its type. A missing or malformed one throws an error that names the
 * item and the attribute, because a row that cannot be right must stop the step that would go on from it.
 */
export function readerOf(item: Item) {
  const wrong = (name: string, expected: string) =>
    new Error(`stored item ${item.pk}: ${name} must be ${expected}`);
  const optionalText = <T extends string>(name: string): T | undefined => {
    const value = item[name];
    if (value !== undefined && typeof value !== 'string') throw wrong(name, 'a text');
    return value as T | undefined;
  };
  const optionalInteger = <T extends number>(name: string): T | undefined => {
    const value = item[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'bigint' || !Number.isSafeInteger(Number(value))) throw wrong(name, 'an integer');
    return Number(value) as T;
  };
  const amount = (name: string): bigint => {
    const value = item[name];
    if (typeof value !== 'bigint') throw wrong(name, 'an amount');
    return value;
  };
  return {
    optionalText,
    optionalInteger,
    text<T extends string>(name: string): T {
      const value = optionalText<T>(name);
      if (value === undefined) throw wrong(name, 'present');
      return value;
    },
    /** One of these texts. */
    oneOf<T extends string>(name: string, allowed: readonly T[]): T {
      const value = allowed.find((known) => known === item[name]);
      if (value === undefined) throw wrong(name, `one of ${allowed.join(', ')}`);
      return value;
    },
    integer<T extends number>(name: string): T {
      const value = optionalInteger<T>(name);
      if (value === undefined) throw wrong(name, 'present');
      return value;
    },
    /** A list of texts. */
    texts<T extends string>(name: string): T[] {
      const value = item[name];
      if (!Array.isArray(value) || !value.every((text) => typeof text === 'string'))
        throw wrong(name, 'a list of texts');
      return value as T[];
    },
    /** An amount, exact. */
    piconero: (name: string): Piconero => asPiconero(amount(name)),
    minorUnits: (name: string): MinorUnits => asMinorUnits(amount(name)),
    /** Whether a mark is set; an absent one is not. */
    isMarked: (name: string): boolean => item[name] === true,
  };
}

/**
 * The entities of several items. An item that cannot be read is left out and logged, because one broken row must not
 * hold up all others of a list or of a schedule.
 */
export function readEach<T>(items: readonly Item[], read: (item: Item) => T, log: Pick<Log, 'error'>): T[] {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      log.error('unreadable row', { key: item.pk, error });
      return [];
    }
  });
}
