import { tradeWith } from '#tests/helpers/entities.ts';
import { BUYER, SELLER, STRANGER } from '#tests/helpers/world.ts';
import { ROLES } from '../accounts/standing.ts';
import { asInstant, later } from '../time.ts';
import { hasEnded, TRADE_STATES, type TradeState } from '../trades/states.ts';
import { TALK_KEPT_MS } from './limits.ts';
import { speakerIn } from './who-may.ts';

const now = asInstant(1_500);

/** A trade that had a dispute, whatever its state is now. */
const tradeIn = (state: TradeState) =>
  tradeWith({
    buyerId: BUYER.accountId,
    sellerId: SELLER.accountId,
    state,
    changedAt: now,
    dispute: { openedBy: 'buyer', reason: 'r', openedAt: now },
  });

describe.each(TRADE_STATES)('a trade that is %s', (state) => {
  test.each(ROLES)('is read by its parties, also by one who is a %s', (role) => {
    expect(speakerIn(tradeIn(state), BUYER, role, now)).toBe('buyer');
    expect(speakerIn(tradeIn(state), SELLER, role, now)).toBe('seller');
  });

  test.each([
    ['member', undefined],
    ['moderator', 'arbitrator'],
    ['admin', 'arbitrator'],
  ] as const)('is read by a %s who is no party only while it is disputed', (role, speaker) => {
    const expected = state === 'disputed' ? speaker : undefined;
    expect(speakerIn(tradeIn(state), STRANGER, role, now)).toBe(expected);
  });

  test('is read by its parties until 30 days after its end', () => {
    const end = later(now, TALK_KEPT_MS);
    expect(speakerIn(tradeIn(state), BUYER, 'member', asInstant(end - 1))).toBe('buyer');
    expect(speakerIn(tradeIn(state), BUYER, 'member', end)).toBe(hasEnded(state) ? undefined : 'buyer');
  });
});
