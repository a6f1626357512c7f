import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers that depend on the seed alone. The same seed gives the same numbers on every machine. */
export type Random = ReturnType<typeof seeded>;

const TWO_TO_32 = 2 ** 32;

/** @param seed a whole number of 32 bits */
export function seeded(seed: number) {
  const generator = xoroshiro128plus(seed);
  /** A whole number from 0 to below `count`. */
  const below = (count: number) => uniformInt(generator, 0, count - 1);
  /** True with this probability. */
  const chance = (probability: number) => (generator.next() >>> 0) / TWO_TO_32 < probability;
  return {
    below,
    chance,
    /** A whole number from `least` to `most`. */
    between: (least: number, most: number) => uniformInt(generator, least, most),
    /** One of the items. @throws if there is none */
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[below(items.length)]!;
    },
    /** A text of this number of hex digits, a multiple of 4. */
    hex: (digits: number) =>
      Array.from({ length: digits / 4 }, () => below(65_536).toString(16).padStart(4, '0')).join(''),
  };
}
