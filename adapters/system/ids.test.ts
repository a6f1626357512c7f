import { asInstant } from '#core/time.ts';
import { ulids } from './ids.ts';

/** Ids of a clock that shows these times one after another. */
function idsAt(...times: number[]) {
  const remaining = [...times];
  const ids = ulids({ now: () => asInstant(remaining.shift()!) });
  return times.map(() => ids.next<string>());
}

test('ids sort by the millisecond in which they were made, whichever factory made them', () => {
  const times = [1, 999, 1_000, 1_700_000_010_000, 1_700_000_010_001, 1_795_230_495_323, 2 ** 42];
  const made = times.flatMap((time) => idsAt(time));
  expect([...made].sort()).toEqual(made);
});

test('ids of one factory sort in the order in which they were made, also within a millisecond', () => {
  const made = idsAt(...Array<number>(1_000).fill(1_700_000_010_000));
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(1_000);
});

test('a clock that goes back makes no id that sorts before an earlier one', () => {
  const made = idsAt(1_700_000_010_000, 1_700_000_009_000, 1_700_000_010_000, 1_700_000_010_001);
  expect([...made].sort()).toEqual(made);
});

test('ids are ULIDs in lower case, because stored ids are, and sort with new ones', () => {
  for (const id of idsAt(1, 1_700_000_010_000)) expect(id).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
  const stored = '01hf7yb3rfzzzzzzzzzzzzzzzz';
  expect([stored, ...idsAt(1_700_000_010_000)].sort()[0]).toBe(stored);
});

test('factories at the same millisecond make different ids', () => {
  const made = Array.from({ length: 100 }, () => idsAt(1_700_000_010_000)[0]);
  expect(new Set(made).size).toBe(100);
});

test('with given random numbers the same ids are made in each run', () => {
  const made = () => {
    const ids = ulids({ now: () => asInstant(1_700_000_010_000) }, () => 0);
    return [ids.next<string>(), ids.next<string>()];
  };
  expect(made()).toEqual(['01hf7yb3rg0000000000000000', '01hf7yb3rg0000000000000001']);
  expect(made()).toEqual(made());
});
