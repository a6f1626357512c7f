/**
 * The walk of the sandbox's price: the sum of four noises of one lattice each, from slow to fast. Each noise is linear
 * between hashed values, so that any step is computed without the steps before it (value noise, as in Perlin's
 * terrains). Lengths are in steps, heights in basis points of the mean price.
 */
const NOISES = [
  { steps: 577, heightBp: 400 },
  { steps: 97, heightBp: 200 },
  { steps: 13, heightBp: 80 },
  { steps: 3, heightBp: 40 },
] as const;

/** The walk never leaves the mean price by more than this, in basis points. */
export const WALK_BOUND_BP = NOISES.reduce((sum, { heightBp }) => sum + heightBp, 0);

/** An integer from 0 to 2^32 - 1 that looks random: the finalizer of MurmurHash3, which has 32-bit integers only. */
function hash(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The hashed value of one lattice point, from -height to height. */
const valueAt = (seed: number, noise: number, point: number): bigint => {
  const { heightBp } = NOISES[noise]!;
  const mixed = hash(hash(hash(seed) ^ noise) ^ point);
  return BigInt(mixed % (2 * heightBp + 1)) - BigInt(heightBp);
};

/**
 * The price of a step as its distance from the mean, in millionths (1 bp = 100). It follows from seed and step alone,
 * and has no floating point, so that every function, test and replay computes the same.
 *
 * @param step number of steps since 1970
 */
export function walkMillionths(seed: number, step: number): bigint {
  return NOISES.reduce((sum, { steps }, noise) => {
    const point = Math.floor(step / steps);
    const into = BigInt(step - point * steps);
    const [left, right] = [valueAt(seed, noise, point), valueAt(seed, noise, point + 1)];
    return sum + (100n * (left * (BigInt(steps) - into) + right * into)) / BigInt(steps);
  }, 0n);
}
