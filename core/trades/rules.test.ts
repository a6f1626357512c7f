import fc from 'fast-check';
import { tradeWith } from '#tests/helpers/entities.ts';
import type { AccountId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant, type Instant } from '../time.ts';
import { advance, expire, stateAt } from './rules.ts';
import { hasEnded, PARTY_STEPS, type PartyStep, STEPS, TRADE_STATES, type TradeState } from './states.ts';

const buyer = 'buyer' as AccountId;
const seller = 'seller' as AccountId;
const stranger = 'stranger' as AccountId;
const inTime = asInstant(1_000);
const tooLate = asInstant(2_000);

const aTrade = (state: TradeState) =>
  tradeWith({ buyerId: buyer, sellerId: seller, state, paymentExpiresAt: tooLate });

const outcome = (state: TradeState, step: PartyStep, by: AccountId, now: Instant) => {
  const advanced = advance(aTrade(state), step, by, now);
  if (advanced === 'done') return 'done';
  if (isRefusal(advanced)) return advanced.refused;
  return `${advanced.next.state}, ${advanced.moves.map((move) => move.step).join() || 'hold kept'}`;
};

// Rows: the state. Columns: the outcome of each step, if the right party takes it in time.
test.each([
  ['awaiting_payment', 'payment_sent, hold kept', 'out_of_order', 'cancelled, void'],
  ['payment_sent', 'done', 'completed, post', 'cancelled, void'],
  ['completed', 'done', 'done', 'out_of_order'],
  ['cancelled', 'out_of_order', 'out_of_order', 'done'],
  ['expired', 'out_of_order', 'out_of_order', 'out_of_order'],
] as const)('in %s: sent -> %s; received -> %s; cancel -> %s', (state, sent, received, cancel) => {
  expect(outcome(state, 'confirmPaymentSent', buyer, inTime)).toBe(sent);
  expect(outcome(state, 'confirmPaymentReceived', seller, inTime)).toBe(received);
  expect(outcome(state, 'cancelTrade', buyer, inTime)).toBe(cancel);
});

test.each(PARTY_STEPS)('%s is refused to the other party, and hidden from strangers', (step) => {
  const other = STEPS[step].by === 'seller' ? buyer : seller;
  for (const state of TRADE_STATES) {
    expect(outcome(state, step, other, inTime)).toBe('not_your_step');
    expect(outcome(state, step, stranger, inTime)).toBe('not_found');
  }
});

test('a trade past its payment window counts as expired, even before the timer runs', () => {
  expect(stateAt(aTrade('awaiting_payment'), tooLate)).toBe('expired');
  expect(outcome('awaiting_payment', 'confirmPaymentSent', buyer, tooLate)).toBe('out_of_order');
  expect(outcome('awaiting_payment', 'cancelTrade', buyer, tooLate)).toBe('out_of_order');
});

test('a payment that was sent in time does not expire', () => {
  expect(stateAt(aTrade('payment_sent'), tooLate)).toBe('payment_sent');
  expect(expire(aTrade('payment_sent'), tooLate)).toBeUndefined();
});

test('the timer voids the hold of an unpaid trade after its payment window', () => {
  expect(expire(aTrade('awaiting_payment'), inTime)).toBeUndefined();
  const expired = expire(aTrade('awaiting_payment'), tooLate);
  expect(expired?.next.state).toBe('expired');
  expect(expired?.moves.map((move) => move.step)).toEqual(['void']);
});

test('no sequence of steps settles the hold twice, or ends a trade without settling it', () => {
  const anyStep = fc.record({
    step: fc.constantFrom(...PARTY_STEPS),
    by: fc.constantFrom(buyer, seller, stranger),
    now: fc.constantFrom(inTime, tooLate),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (sequence) => {
      let trade = aTrade('awaiting_payment');
      let settled = 0;
      for (const { step, by, now } of sequence) {
        const advanced = advance(trade, step, by, now);
        if (advanced === 'done' || isRefusal(advanced)) continue;
        settled += advanced.moves.length;
        expect(advanced.next.version).toBe(trade.version + 1);
        trade = advanced.next;
      }
      expect(settled).toBe(hasEnded(trade.state) ? 1 : 0);
    }),
  );
});
