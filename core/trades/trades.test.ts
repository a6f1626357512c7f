import { tradeWith } from '#tests/helpers/entities.ts';
import type { AccountId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant } from '../time.ts';
import { loserOf, type Trade } from './trades.ts';

const AMOUNT = asPiconero(8n);

/** A trade in `state` in which an arbitrator gave this part to the buyer. */
const decided = (state: Trade['state'], buyerPiconero: bigint): Trade =>
  tradeWith({
    state,
    amountPiconero: AMOUNT,
    dispute: {
      openedBy: 'buyer',
      reason: 'nothing arrives',
      openedAt: asInstant(1),
      resolution: {
        buyerPiconero: asPiconero(buyerPiconero),
        note: 'a decision',
        at: asInstant(2),
        by: 'arbitrator' as AccountId,
      },
    },
  });

test('a dispute is lost in a resolved trade only, by the party that gets nothing', () => {
  expect(loserOf(decided('resolved', 0n))).toBe('buyer');
  expect(loserOf(decided('resolved', AMOUNT))).toBe('seller');
  expect(loserOf(decided('resolved', 1n))).toBeUndefined();
  expect(loserOf(decided('completed', AMOUNT))).toBeUndefined();
  expect(loserOf(tradeWith({ state: 'resolved' }))).toBeUndefined();
});
