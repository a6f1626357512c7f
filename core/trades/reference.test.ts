import { fresh } from '#tests/helpers/entities.ts';
import type { TradeId } from '../ids.ts';
import { referenceOf } from './reference.ts';

const ids = Array.from({ length: 2_000 }, () => fresh<TradeId>());

test('a reference has six capitals or digits, none of which looks like another', () => {
  for (const id of ids) expect(referenceOf(id)).toMatch(/^[34679CDFGHJKMNPQRTWXY]{6}$/);
});

test('the same id has the same reference, and few ids share one', () => {
  expect(ids.map(referenceOf)).toEqual(ids.map(referenceOf));
  expect(new Set(ids.map(referenceOf)).size).toBeGreaterThan(1_990);
});

test('ids that differ in their last letter have references that differ in several', () => {
  const [one, other] = ['01arz3ndektsv4rrffq69g5fav', '01arz3ndektsv4rrffq69g5faw'].map((id) =>
    referenceOf(id as TradeId),
  );
  const differing = [...one!].filter((letter, at) => letter !== other![at]);
  expect(differing.length).toBeGreaterThanOrEqual(3);
});
