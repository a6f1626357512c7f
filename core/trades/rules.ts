import type { AccountId } from '../ids.ts';
import { type Move, post, voided } from '../ledger/ledger.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import type { TradeState } from './states.ts';
import { holdOf, type Trade } from './trades.ts';

export type Role = 'buyer' | 'seller';

type Step = {
  by: Role | 'time';
  from: readonly TradeState[];
  to: TradeState;
  /** The effect on the seller's held XMR. */
  hold: 'keep' | 'post' | 'void';
  /** When an account with a second factor must confirm the step: always, or after the buyer has paid. */
  stepUp?: 'always' | 'once_paid';
};

/** All steps of a trade. Each step that ends it settles the hold, and no other does. */
export const STEPS = {
  confirmPaymentSent: { by: 'buyer', from: ['awaiting_payment'], to: 'payment_sent', hold: 'keep' },
  confirmPaymentReceived: {
    by: 'seller',
    from: ['payment_sent'],
    to: 'completed',
    hold: 'post',
    stepUp: 'always',
  },
  cancelTrade: {
    by: 'buyer',
    from: ['awaiting_payment', 'payment_sent'],
    to: 'cancelled',
    hold: 'void',
    stepUp: 'once_paid',
  },
  expire: { by: 'time', from: ['awaiting_payment'], to: 'expired', hold: 'void' },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;
export type PartyStep = Exclude<StepName, 'expire'>;

export function roleOf(trade: Trade, account: AccountId): Role | undefined {
  if (trade.buyerId === account) return 'buyer';
  return trade.sellerId === account ? 'seller' : undefined;
}

/**
 * The effective state. A trade past its payment window counts as expired even if the timer has not run yet, so that a
 * late timer never changes who gets the XMR.
 */
export function stateAt(trade: Trade, now: Instant): TradeState {
  return trade.state === 'awaiting_payment' && now >= trade.paymentExpiresAt ? 'expired' : trade.state;
}

/** The stored states whose effective state may be `state`, in the order in which a trade takes them. */
export const storedAs = (state: TradeState): readonly TradeState[] =>
  state === 'expired' ? ['awaiting_payment', 'expired'] : [state];

/** Whether the trade has taken this step already. */
function isDone(step: Step, state: TradeState): boolean {
  return state === step.to || (step.to === 'payment_sent' && state === 'completed');
}

export type Advanced = { next: Trade; moves: Move[] };

function after(trade: Trade, step: Step, now: Instant): Advanced {
  const next: Trade = { ...trade, state: step.to, changedAt: now, version: trade.version + 1 };
  const settle = {
    keep: () => [],
    post: () => [post(holdOf(trade), now)],
    void: () => [voided(holdOf(trade), now)],
  };
  return { next, moves: settle[step.hold]() };
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
  const step: Step = STEPS[name];
  const role = roleOf(trade, caller);
  if (!role) return refusal('not_found');
  if (role !== step.by) return refusal('not_your_step');
  const state = stateAt(trade, now);
  if (isDone(step, state)) return 'done';
  if (!step.from.includes(state)) return refusal('out_of_order', { state });
  return after(trade, step, now);
}

/** Whether the second factor must confirm the step of a trade in `state`. */
export function needsStepUp(name: PartyStep, state: TradeState): boolean {
  const { stepUp }: Step = STEPS[name];
  return stepUp === 'always' || (stepUp === 'once_paid' && !UNPAID.includes(state));
}

const UNPAID: readonly TradeState[] = ['awaiting_payment', 'expired'];

/** The trade after its expiry; `undefined` if it has not expired or has ended. */
export function expire(trade: Trade, now: Instant): Advanced | undefined {
  return trade.state === 'awaiting_payment' && stateAt(trade, now) === 'expired'
    ? after(trade, STEPS.expire, now)
    : undefined;
}
