import type { TradeEvent } from '../events/events.ts';
import type { TransferStatus } from '../ledger/ledger.ts';

export const TRADE_STATES = [
  'awaiting_payment',
  'payment_sent',
  'completed',
  'cancelled',
  'expired',
] as const;
export type TradeState = (typeof TRADE_STATES)[number];

export type Role = 'buyer' | 'seller';

type Step = {
  /** The event that reports the step. */
  event: TradeEvent['type'];
  /** The party that may take the step. `time`: the timer takes it after the payment window. */
  by: Role | 'time';
  from: readonly TradeState[];
  to: TradeState;
  /** The status of the seller's held XMR after the step. */
  hold: TransferStatus;
  /** The states in which the step counts as done. A repeated step is then answered with the trade. */
  doneIn: readonly TradeState[];
  /** States in which an account with a second factor must send a code, even if the step is refused as out of order. */
  secondFactorIn: readonly TradeState[];
};

const table = {
  confirmPaymentSent: {
    event: 'trade_payment_sent',
    by: 'buyer',
    from: ['awaiting_payment'],
    to: 'payment_sent',
    hold: 'pending',
    doneIn: ['payment_sent', 'completed'],
    secondFactorIn: [],
  },
  confirmPaymentReceived: {
    event: 'trade_completed',
    by: 'seller',
    from: ['payment_sent'],
    to: 'completed',
    hold: 'posted',
    doneIn: ['completed'],
    secondFactorIn: TRADE_STATES,
  },
  cancelTrade: {
    event: 'trade_cancelled',
    by: 'buyer',
    from: ['awaiting_payment', 'payment_sent'],
    to: 'cancelled',
    hold: 'voided',
    doneIn: ['cancelled'],
    secondFactorIn: ['payment_sent', 'completed'],
  },
  expire: {
    event: 'trade_expired',
    by: 'time',
    from: ['awaiting_payment'],
    to: 'expired',
    hold: 'voided',
    doneIn: ['expired'],
    secondFactorIn: [],
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof table;

/** A step that a party takes. It has the name of its operation. */
export type PartyStep = {
  [Name in StepName]: (typeof table)[Name]['by'] extends Role ? Name : never;
}[StepName];

/** All steps of a trade. Each step that ends a trade settles the hold, and no other does. */
export const STEPS: Readonly<Record<StepName, Step>> = table;

const names = Object.keys(STEPS) as StepName[];

export const PARTY_STEPS = names.filter((name): name is PartyStep => STEPS[name].by !== 'time');

/** Whether the state is final, so that the hold is settled. */
export const hasEnded = (state: TradeState): boolean =>
  names.every((name) => !STEPS[name].from.includes(state));

/** The status of the seller's hold in a state. */
export function holdIn(state: TradeState): TransferStatus {
  const reachedBy = names.find((name) => STEPS[name].to === state);
  return reachedBy ? STEPS[reachedBy].hold : 'pending';
}

/** The steps that a party may take in a state. */
export const allowedSteps = (state: TradeState, role: Role): PartyStep[] =>
  PARTY_STEPS.filter((name) => STEPS[name].by === role && STEPS[name].from.includes(state));
