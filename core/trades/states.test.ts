import * as contract from '#contract/trades.ts';
import {
  allowedSteps,
  hasEnded,
  holdIn,
  PARTY_STEPS,
  STEPS,
  TRADE_STATES,
  type TradeState,
} from './states.ts';

const steps = Object.values(STEPS);

test('every step that a party takes has the name of an operation', () => {
  const operations: Record<string, unknown> = contract;
  for (const name of PARTY_STEPS) expect(operations[name]).toMatchObject({ name });
});

test('all steps to a state leave the hold in the same status', () => {
  for (const { to, hold } of steps) expect(holdIn(to)).toBe(hold);
  expect(holdIn('awaiting_payment')).toBe('pending');
});

test('a step settles the hold exactly if it ends the trade', () => {
  for (const { to, hold } of steps) expect(hold !== 'pending').toBe(hasEnded(to));
});

test('a step is never both done and allowed, and leads to a state in which it is done', () => {
  for (const { from, to, doneIn } of steps) {
    expect(from.filter((state) => doneIn.includes(state))).toEqual([]);
    expect(doneIn).toContain(to);
  }
});

test.each<[TradeState, string[], string[]]>([
  ['awaiting_payment', ['confirmPaymentSent', 'cancelTrade'], []],
  ['payment_sent', ['cancelTrade'], ['confirmPaymentReceived']],
  ['completed', [], []],
  ['cancelled', [], []],
  ['expired', [], []],
])('in %s the buyer may take %j and the seller %j', (state, buyer, seller) => {
  expect(allowedSteps(state, 'buyer')).toEqual(buyer);
  expect(allowedSteps(state, 'seller')).toEqual(seller);
});

test('the states that allow no step are the ended ones', () => {
  for (const state of TRADE_STATES) {
    const isOpen = [...allowedSteps(state, 'buyer'), ...allowedSteps(state, 'seller')].length > 0;
    expect(hasEnded(state)).toBe(!isOpen);
  }
});
