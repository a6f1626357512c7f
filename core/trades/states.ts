import type { TradeEvent } from '../events/events.ts';

/** In the order in which a trade takes them. */
export const TRADE_STATES = [
  'awaiting_payment',
  'payment_sent',
  'disputed',
  'completed',
  'cancelled',
  'expired',
  'resolved',
] as const;
export type TradeState = (typeof TRADE_STATES)[number];

export const PARTIES = ['buyer', 'seller'] as const;
export type Party = (typeof PARTIES)[number];

/** `arbitrator`: a moderator or admin who is no party of a trade with a dispute. */
export const ROLES = [...PARTIES, 'arbitrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who brought a trade into a state. `both`: one party asked for the end, and the other one agreed. */
export const ACTORS = [...ROLES, 'both', 'time'] as const;
export type Actor = (typeof ACTORS)[number];

type Step = {
  /** The event that reports the step. */
  event: TradeEvent['type'];
  /** `either`: each of the parties. `time`: the timer takes it after the payment window. */
  by: Role | 'either' | 'time';
  from: readonly TradeState[];
  /** `same`: the step changes no state. */
  to: TradeState | 'same';
  /** What happens to the seller's held XMR. `split`: the buyer gets a part of it, and the seller the rest. */
  hold: 'keep' | 'post' | 'void' | 'split';
  /**
   * What the step does with a party's request to end the trade. A request is made by one party, accepted by the other
   * one, and withdrawn by the first. All other steps drop it.
   */
  request?: 'make' | 'accept' | 'withdraw';
  /** The states in which the step may count as done. A repeated step is then answered with the trade. */
  doneIn: readonly TradeState[];
  /** The states in which `of` must send a second factor, even if the step is refused as out of order. */
  secondFactor?: { of: Role; in: readonly TradeState[] };
};

const UNDER_WAY = ['payment_sent', 'disputed'] as const;
/** The states after the payment was sent in which a buyer who ends the trade would give XMR up. */
const PAID = ['payment_sent', 'disputed', 'completed', 'resolved'] as const;

const table = {
  confirmPaymentSent: {
    event: 'trade_payment_sent',
    by: 'buyer',
    from: ['awaiting_payment'],
    to: 'payment_sent',
    hold: 'keep',
    doneIn: ['payment_sent', 'disputed', 'completed', 'resolved'],
  },
  confirmPaymentReceived: {
    event: 'trade_completed',
    by: 'seller',
    from: UNDER_WAY,
    to: 'completed',
    hold: 'post',
    doneIn: ['completed'],
    secondFactor: { of: 'seller', in: TRADE_STATES },
  },
  cancelTrade: {
    event: 'trade_cancelled',
    by: 'buyer',
    from: ['awaiting_payment', 'payment_sent', 'disputed'],
    to: 'cancelled',
    hold: 'void',
    doneIn: ['cancelled'],
    secondFactor: { of: 'buyer', in: PAID },
  },
  requestCancellation: {
    event: 'trade_cancellation_requested',
    by: 'either',
    from: UNDER_WAY,
    to: 'same',
    hold: 'keep',
    request: 'make',
    doneIn: ['cancelled'],
  },
  acceptCancellation: {
    event: 'trade_cancelled',
    by: 'either',
    from: UNDER_WAY,
    to: 'cancelled',
    hold: 'void',
    request: 'accept',
    doneIn: ['cancelled'],
    secondFactor: { of: 'buyer', in: PAID },
  },
  retractCancellation: {
    event: 'trade_cancellation_retracted',
    by: 'either',
    from: UNDER_WAY,
    to: 'same',
    hold: 'keep',
    request: 'withdraw',
    doneIn: [],
  },
  openDispute: {
    event: 'trade_disputed',
    by: 'either',
    from: ['payment_sent'],
    to: 'disputed',
    hold: 'keep',
    doneIn: ['disputed', 'resolved'],
  },
  resolveDispute: {
    event: 'trade_resolved',
    by: 'arbitrator',
    from: ['disputed'],
    to: 'resolved',
    hold: 'split',
    doneIn: ['resolved'],
    secondFactor: { of: 'arbitrator', in: TRADE_STATES },
  },
  expire: {
    event: 'trade_expired',
    by: 'time',
    from: ['awaiting_payment'],
    to: 'expired',
    hold: 'void',
    doneIn: ['expired'],
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof table;

/** A step that a person takes. It has the name of its operation. */
export type PersonStep = Exclude<StepName, 'expire'>;

/** A step that a party takes, and that needs no more than its name. */
export type PartyStep = Exclude<PersonStep, 'openDispute' | 'resolveDispute'>;

/** All steps of a trade. Each step that ends a trade settles the hold, and no other does. */
export const STEPS: Readonly<Record<StepName, Step>> = table;

export const STEP_NAMES = Object.keys(STEPS) as StepName[];

export const PERSON_STEPS = STEP_NAMES.filter((name): name is PersonStep => STEPS[name].by !== 'time');

/** Whether the state is final, so that the hold is settled. */
export const hasEnded = (state: TradeState): boolean =>
  STEP_NAMES.every((name) => !STEPS[name].from.includes(state));

/** What has happened to the seller's hold in a state. */
export function holdIn(state: TradeState): Step['hold'] {
  const reachedBy = STEP_NAMES.find((name) => STEPS[name].to === state);
  return reachedBy ? STEPS[reachedBy].hold : 'keep';
}

export const takes = (role: Role, { by }: Pick<Step, 'by'>): boolean =>
  by === role || (by === 'either' && role !== 'arbitrator');

/**
 * Whether a request of `askedBy` to end the trade lets a party take a step: `done` if there is nothing left to do,
 * `not_your_step` if only the other party may take it, `out_of_order` if nobody may.
 */
export function requestAllows(
  name: PersonStep,
  role: Role,
  askedBy: Party | undefined,
): 'yes' | 'done' | 'not_your_step' | 'out_of_order' {
  const isOwn = askedBy === role;
  switch (STEPS[name].request) {
    case 'make':
      if (!askedBy) return 'yes';
      return isOwn ? 'done' : 'out_of_order';
    case 'accept':
      if (!askedBy) return 'out_of_order';
      return isOwn ? 'not_your_step' : 'yes';
    case 'withdraw':
      if (!askedBy) return 'done';
      return isOwn ? 'yes' : 'not_your_step';
    default:
      return 'yes';
  }
}

/** The steps that a person may take in a state. */
export const allowedSteps = (state: TradeState, role: Role, askedBy?: Party): PersonStep[] =>
  PERSON_STEPS.filter(
    (name) =>
      takes(role, STEPS[name]) &&
      STEPS[name].from.includes(state) &&
      requestAllows(name, role, askedBy) === 'yes',
  );

/** Whether a person with a second factor must send it with a step. */
export function asksSecondFactor(name: PersonStep, role: Role, state: TradeState): boolean {
  const { secondFactor } = STEPS[name];
  return secondFactor?.of === role && secondFactor.in.includes(state);
}
