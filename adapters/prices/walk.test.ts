import * as fc from 'fast-check';
import { WALK_BOUND_BP, walkMillionths } from './walk.ts';

const anySeed = fc.integer();
const anyStep = fc.integer({ min: 0, max: 2 ** 31 });

test('stays within its bound, for any seed and step', () => {
  fc.assert(
    fc.property(anySeed, anyStep, (seed, step) => {
      const at = walkMillionths(seed, step);
      expect(at <= BigInt(WALK_BOUND_BP * 100) && at >= BigInt(-WALK_BOUND_BP * 100)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('is the same at each call, in any order', () => {
  const steps = [5_000_000, 17, 5_000_001, 0];
  const once = steps.map((step) => walkMillionths(1, step));
  expect(steps.toReversed().map((step) => walkMillionths(1, step))).toEqual(once.toReversed());
});

test('moves by 1 % at most in a step, and hardly ever stands still', () => {
  const walked = Array.from({ length: 2_000 }, (_, step) => walkMillionths(1, 5_000_000 + step));
  const moves = walked.slice(1).map((at, before) => at - walked[before]!);
  expect(moves.every((move) => move <= 10_000n && move >= -10_000n)).toBe(true);
  expect(moves.filter((move) => move === 0n).length).toBeLessThan(100);
});

test('wanders through most of its range, and otherwise for another seed', () => {
  const walked = (seed: number) =>
    Array.from({ length: 2_000 }, (_, step) => Number(walkMillionths(seed, 5_000_000 + 31 * step)));
  const ones = walked(1);
  expect(Math.max(...ones) - Math.min(...ones)).toBeGreaterThan(WALK_BOUND_BP * 100);
  expect(walked(2)).not.toEqual(ones);
});
