import { asInstant, SECOND_MS } from '#core/time.ts';
import { reread } from './reread.ts';

/**
 * A value with a clock that the test moves. `set` changes the value that the next read finds; `fail` makes reads fail.
 */
function aValue() {
  let now = 0;
  let stored = 'first';
  let fails = false;
  let reads = 0;
  const read = async () => {
    reads += 1;
    if (fails) throw new Error('away');
    return stored;
  };
  return {
    value: reread('first', read, { now: () => asInstant(now) }),
    pass: (seconds: number) => {
      now += seconds * SECOND_MS;
    },
    set: (value: string) => {
      stored = value;
    },
    fail: (isAway: boolean) => {
      fails = isAway;
    },
    reads: () => reads,
  };
}

test('is read again after 30 s, once for all who ask at that time', async () => {
  const { value, pass, set, reads } = aValue();
  set('second');
  pass(29);
  expect(await value.current()).toBe('first');
  pass(1);
  expect(await Promise.all([value.current(), value.current()])).toEqual(['second', 'second']);
  expect(reads()).toBe(1);
});

test('is read on request, but at most every 5 s however many ask', async () => {
  const { value, pass, set, reads } = aValue();
  pass(5);
  set('second');
  await Promise.all(Array.from({ length: 1000 }, () => value.newest()));
  set('third');
  pass(4);
  expect(await value.newest()).toBe('second');
  pass(1);
  expect(await value.newest()).toBe('third');
  expect(reads()).toBe(2);
});

test('stays while it cannot be read, until it is older than the caller accepts', async () => {
  const { value, pass, fail } = aValue();
  fail(true);
  pass(60);
  expect(await value.current()).toBe('first');
  await expect(value.newest()).rejects.toThrow('away');
  pass(240);
  await expect(value.current(300 * SECOND_MS)).rejects.toThrow('away');
  fail(false);
  pass(5);
  expect(await value.current(300 * SECOND_MS)).toBe('first');
});
