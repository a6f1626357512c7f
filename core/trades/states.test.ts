import * as disputes from '#contract/disputes.ts';
import * as contract from '#contract/trades.ts';
import {
  allowedSteps,
  hasEnded,
  holdIn,
  PERSON_STEPS,
  ROLES,
  STEPS,
  TRADE_STATES,
  type TradeState,
} from './states.ts';

const steps = Object.values(STEPS);

test('every step that a person takes has the name of an operation', () => {
  const operations: Record<string, unknown> = { ...contract, ...disputes };
  for (const name of PERSON_STEPS) expect(operations[name]).toMatchObject({ name });
});

test('all steps to a state leave the hold in the same status', () => {
  for (const { to, hold } of steps) if (to !== 'same') expect(holdIn(to)).toBe(hold);
  expect(holdIn('awaiting_payment')).toBe('keep');
});

test('a step settles the hold exactly if it ends the trade', () => {
  for (const { to, hold } of steps) expect(hold !== 'keep').toBe(to !== 'same' && hasEnded(to));
});

test('a step is never both done and allowed, and leads to a state in which it is done', () => {
  for (const { from, to, doneIn } of steps) {
    expect(from.filter((state) => doneIn.includes(state))).toEqual([]);
    if (to !== 'same') expect(doneIn).toContain(to);
  }
});

test.each<[TradeState, string[], string[], string[]]>([
  ['awaiting_payment', ['confirmPaymentSent', 'cancelTrade'], [], []],
  [
    'payment_sent',
    ['cancelTrade', 'requestCancellation', 'openDispute'],
    ['confirmPaymentReceived', 'requestCancellation', 'openDispute'],
    [],
  ],
  [
    'disputed',
    ['cancelTrade', 'requestCancellation'],
    ['confirmPaymentReceived', 'requestCancellation'],
    ['resolveDispute'],
  ],
  ['completed', [], [], []],
  ['cancelled', [], [], []],
  ['expired', [], [], []],
  ['resolved', [], [], []],
])(
  'in %s the buyer may take %j, the seller %j, and the arbitrator %j',
  (state, buyer, seller, arbitrator) => {
    expect(allowedSteps(state, 'buyer')).toEqual(buyer);
    expect(allowedSteps(state, 'seller')).toEqual(seller);
    expect(allowedSteps(state, 'arbitrator')).toEqual(arbitrator);
  },
);

test('a request to end the trade may be retracted by its party, and accepted by the other one', () => {
  const mayOf = (role: 'buyer' | 'seller') => allowedSteps('disputed', role, 'seller');
  expect(mayOf('seller')).toEqual(['confirmPaymentReceived', 'retractCancellation']);
  expect(mayOf('buyer')).toEqual(['cancelTrade', 'acceptCancellation']);
});

test('the states that allow no step are the ended ones', () => {
  for (const state of TRADE_STATES) {
    const isOpen = ROLES.some((role) => allowedSteps(state, role).length > 0);
    expect(hasEnded(state)).toBe(!isOpen);
  }
});
