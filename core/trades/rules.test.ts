import fc from 'fast-check';
import { tradeWith } from '#tests/helpers/entities.ts';
import type { AccountId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import { userAccount } from '../ledger/ledger.ts';
import { asPiconero } from '../money/xmr.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant } from '../time.ts';
import { type Advanced, advance, expire, type Person, stateAt, type Taken } from './rules.ts';
import type { TradeState } from './states.ts';
import { historyOf, type Trade } from './trades.ts';

const buyer = { accountId: 'buyer' as AccountId, isModerator: false };
const seller = { accountId: 'seller' as AccountId, isModerator: false };
const arbitrator = { accountId: 'arbitrator' as AccountId, isModerator: true };
const inTime = { now: asInstant(1_000) };
const tooLate = { now: asInstant(2_000) };

const aTrade = (state: TradeState, changes: Partial<Trade> = {}) =>
  tradeWith({
    buyerId: buyer.accountId,
    sellerId: seller.accountId,
    amountPiconero: asPiconero(10n),
    state,
    paymentExpiresAt: tooLate.now,
    ...changes,
  });

/** The trade after steps that must be accepted. */
function after(trade: Trade, ...steps: [Taken, Person][]): Advanced {
  let last: Advanced = { next: trade, moves: [], events: [] };
  for (const [taken, person] of steps) {
    const advanced = advance(last.next, taken, person, inTime);
    if (advanced === 'done' || isRefusal(advanced)) throw new Error(`${taken.name} was not accepted`);
    last = advanced;
  }
  return last;
}

const disputed = () => after(aTrade('payment_sent'), [{ name: 'openDispute', reason: 'late' }, buyer]).next;
const decide = (part: bigint): Taken => ({
  name: 'resolveDispute',
  buyerPiconero: asPiconero(part),
  note: 'both are partly right',
});

test('a trade past its payment window counts as expired, even before the timer runs', () => {
  const late = (name: 'confirmPaymentSent' | 'cancelTrade') =>
    advance(aTrade('awaiting_payment'), { name }, buyer, tooLate);
  expect(stateAt(aTrade('awaiting_payment'), tooLate)).toBe('expired');
  expect(late('confirmPaymentSent')).toEqual({ refused: 'out_of_order', state: 'expired' });
  expect(late('cancelTrade')).toEqual({ refused: 'out_of_order', state: 'expired' });
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

test.each([
  [0n, 0n, 10n],
  [10n, 10n, 0n],
  [3n, 3n, 7n],
])('a decision for %i of 10 gives the buyer %i and the seller %i', (part, toBuyer, toSeller) => {
  const { moves } = after(disputed(), [decide(part), arbitrator]);
  const changes = new Map(balanceChanges(moves).map((change) => [change.account, change]));
  expect(changes.get(userAccount(buyer.accountId))?.available ?? 0n).toBe(toBuyer);
  expect(changes.get(userAccount(seller.accountId))).toMatchObject({ available: toSeller, held: -10n });
});

test('every decision divides the held amount, and neither makes nor loses XMR', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n }), (part) => {
      const changes = balanceChanges(after(disputed(), [decide(part), arbitrator]).moves);
      expect(changes.reduce((sum, { available, held }) => sum + available + held, 0n)).toBe(0n);
      expect(changes.reduce((sum, { available }) => sum + available, 0n)).toBe(10n);
    }),
  );
});

test('refuses a decision about less than nothing, or more than the trade', () => {
  for (const part of [-1n, 11n])
    expect(advance(disputed(), decide(part), arbitrator, inTime)).toEqual({ refused: 'amount_out_of_range' });
});

test('only the arbitrator who decided repeats the decision, and only with the same amount', () => {
  const { next } = after(disputed(), [decide(3n), arbitrator]);
  const second = { accountId: 'second' as AccountId, isModerator: true };
  const outOfOrder = { refused: 'out_of_order', state: 'resolved' };
  expect(advance(next, decide(3n), arbitrator, inTime)).toBe('done');
  expect(advance(next, decide(4n), arbitrator, inTime)).toEqual(outOfOrder);
  expect(advance(next, decide(3n), second, inTime)).toEqual(outOfOrder);
});

test('a dispute drops a request to end the trade, so that it cannot be accepted afterwards', () => {
  const asked = after(aTrade('payment_sent'), [{ name: 'requestCancellation' }, buyer]).next;
  const { next } = after(asked, [{ name: 'openDispute', reason: 'no' }, seller]);
  expect(next.cancellationAskedBy).toBeUndefined();
  expect(advance(next, { name: 'acceptCancellation' }, seller, inTime)).toEqual({
    refused: 'out_of_order',
    state: 'disputed',
  });
});

test('a party cannot accept its own request, or retract that of the other party', () => {
  const asked = after(aTrade('payment_sent'), [{ name: 'requestCancellation' }, buyer]).next;
  const refused = { refused: 'not_your_step' };
  expect(advance(asked, { name: 'acceptCancellation' }, buyer, inTime)).toEqual(refused);
  expect(advance(asked, { name: 'retractCancellation' }, seller, inTime)).toEqual(refused);
});

test('an accepted request ends the trade by both, and keeps who asked', () => {
  const { next, moves } = after(
    disputed(),
    [{ name: 'requestCancellation' }, seller],
    [{ name: 'acceptCancellation' }, buyer],
  );
  expect(next).toMatchObject({ state: 'cancelled', cancellationAskedBy: 'seller' });
  expect(historyOf(next).at(-1)).toMatchObject({ state: 'cancelled', by: 'both' });
  expect(moves.map(({ step }) => step)).toEqual(['void']);
});

test('either party may give in to a dispute', () => {
  const conceded = after(disputed(), [{ name: 'cancelTrade' }, buyer]);
  expect(conceded.next).toMatchObject({ state: 'cancelled' });
  expect(conceded.moves.map(({ step }) => step)).toEqual(['void']);
  const released = after(disputed(), [{ name: 'confirmPaymentReceived' }, seller]);
  expect(released.next).toMatchObject({ state: 'completed' });
  expect(released.moves.map(({ step }) => step)).toEqual(['post']);
});

test('a moderator who is a party decides nothing', () => {
  for (const party of [buyer, seller]) {
    const moderator = { ...party, isModerator: true };
    expect(advance(disputed(), decide(10n), moderator, inTime)).toEqual({ refused: 'not_your_step' });
  }
});

test('a trade from before histories were stored has its first and its present state', () => {
  expect(historyOf(aTrade('awaiting_payment'))).toEqual([
    { state: 'awaiting_payment', at: inTime.now, by: 'buyer' },
  ]);
  const actors = { payment_sent: 'buyer', completed: 'seller', cancelled: 'buyer', expired: 'time' } as const;
  for (const [state, by] of Object.entries(actors))
    expect(historyOf(aTrade(state as TradeState)).at(-1)).toMatchObject({ state, by });
});
