import type { TradeEvent } from '../events/events.ts';
import type { AccountId } from '../ids.ts';
import { type Move, post, voided } from '../ledger/ledger.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import { type PartyStep, type Role, STEPS, type StepName, type TradeState } from './states.ts';
import { holdOf, type Trade, tradeEvent } from './trades.ts';

export function roleOf(trade: Trade, account: AccountId): Role | undefined {
  if (trade.buyerId === account) return 'buyer';
  return trade.sellerId === account ? 'seller' : undefined;
}

/**
 * The effective state. A trade past its payment window counts as expired even if the timer has not run yet, so that a
 * late timer never changes who gets the XMR.
 */
export function stateAt(trade: Trade, now: Instant): TradeState {
  const { from, to } = STEPS.expire;
  return from.includes(trade.state) && now >= trade.paymentExpiresAt ? to : trade.state;
}

/** The stored states whose effective state may be `state`, in the order in which a trade takes them. */
export const storedAs = (state: TradeState): readonly TradeState[] =>
  state === STEPS.expire.to ? [...STEPS.expire.from, state] : [state];

/** The trade after a step, with everything that is written together with it. */
export type Advanced = { next: Trade; moves: readonly Move[]; events: readonly TradeEvent[] };

/** The account of the party that takes a step; `undefined` if the timer takes it. */
function partyIn({ buyerId, sellerId }: Trade, by: Role | 'time'): AccountId | undefined {
  if (by === 'time') return undefined;
  return by === 'buyer' ? buyerId : sellerId;
}

function after(trade: Trade, name: StepName, now: Instant): Advanced {
  const { to, hold, event, by } = STEPS[name];
  const next: Trade = { ...trade, state: to, changedAt: now, version: trade.version + 1 };
  const settle = {
    pending: () => [],
    posted: () => [post(holdOf(trade), now)],
    voided: () => [voided(holdOf(trade), now)],
  };
  return { next, moves: settle[hold](), events: [tradeEvent(event, next, partyIn(trade, by))] };
}

/**
 * The trade after a party's step with its ledger moves; `done` if the party has taken the step already; or the refusal.
 */
export function advance(
  trade: Trade,
  name: PartyStep,
  caller: AccountId,
  now: Instant,
): Advanced | 'done' | Refusal {
  const step = STEPS[name];
  const role = roleOf(trade, caller);
  if (!role) return refusal('not_found');
  if (role !== step.by) return refusal('not_your_step');
  const state = stateAt(trade, now);
  if (step.doneIn.includes(state)) return 'done';
  if (!step.from.includes(state)) return refusal('out_of_order', { state });
  return after(trade, name, now);
}

/** The trade after its expiry; `undefined` if it has not expired or has ended. */
export function expire(trade: Trade, now: Instant): Advanced | undefined {
  const isDue = STEPS.expire.from.includes(trade.state) && stateAt(trade, now) === STEPS.expire.to;
  return isDue ? after(trade, 'expire', now) : undefined;
}
