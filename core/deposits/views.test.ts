import { depositWith } from '#tests/helpers/entities.ts';
import { asInstant } from '../time.ts';
import { depositView } from './views.ts';

test('shows the fields of a deposit, and no stored field beside them', () => {
  const seen = depositWith({ minedHeight: 96 });
  expect(depositView(seen, 100)).toEqual({
    id: seen.id,
    address: 'an address',
    amountXmr: 7n,
    txid: seen.txid,
    confirmations: 4,
    confirmationsNeeded: 10,
    state: 'seen',
    seenAt: 1_000,
  });
});

test('shows the times of the credit and of the end once there are any', () => {
  expect(depositView(depositWith({ state: 'credited', minedHeight: 96 }), 100)).toMatchObject({
    confirmations: 10,
    creditedAt: 2_000,
  });
  expect(depositView(depositWith({ state: 'reversed' }), 100)).toMatchObject({
    confirmations: 0,
    creditedAt: 2_000,
    endedAt: 3_000,
  });
  const dropped = depositView(depositWith({ state: 'dropped' }), 100);
  expect(dropped).toMatchObject({ endedAt: 3_000 });
  expect(dropped).not.toHaveProperty('creditedAt');
  const older = { ...depositWith({ state: 'reversed' }), creditedAt: undefined, endedAt: undefined };
  for (const field of ['creditedAt', 'endedAt']) expect(depositView(older, 100)).not.toHaveProperty(field);
});

test('shows a lock by height until that height, and a lock by time until the credit', () => {
  const untilHeight = depositWith({ minedHeight: 50, unlockHeight: 101 });
  expect(depositView(untilHeight, 100)).toMatchObject({ lockedUntil: { height: 101 } });
  expect(depositView(untilHeight, 101)).not.toHaveProperty('lockedUntil');
  const untilTime = { minedHeight: 50, unlockAt: asInstant(9_000) };
  expect(depositView(depositWith(untilTime), 100)).toMatchObject({ lockedUntil: { at: 9_000 } });
  expect(depositView(depositWith({ ...untilTime, state: 'credited' }), 100)).not.toHaveProperty(
    'lockedUntil',
  );
});
