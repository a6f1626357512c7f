/** The conditions that must hold after every step, by name. */
export const INVARIANTS = {
  'sum-zero': 'all balances together are 0',
  balances: 'every balance is the one that the auditor computed',
  'not-negative': 'an available balance is below 0 by reversed deposits at most',
  held: 'the held XMR of an account is that of its open trades and waiting withdrawals',
  'one-outcome': 'a trade ends once',
  'legal-step': 'only the right person takes a step, and only in its state',
  'own-account': 'nobody acts for the account of another',
  'second-factor': 'XMR leaves an account with a second factor only by its code',
  'paid-once': 'a withdrawal arrives once, with its amount, at its address',
  'credited-once':
    'a deposit is credited once, if it is deep in the chain, and given up only if it left the chain',
  'fee-bounded': 'a withdrawal costs at most the fee that was shown, and exactly the fee of its transaction',
  'event-once': 'each change has one event, for those whom it concerns',
  'hidden-data': 'nobody reads what belongs to others',
  limits: 'no account exceeds its limits',
  'one-effect-per-key': 'one idempotency key has one effect',
  halted: 'nothing starts that is halted',
  'payment-window': 'a trade expires after its payment window, and only then',
  'no-errors': 'no process ends with an error other than an unavailable part',
  settles: 'once everything works again, every trade, deposit and withdrawal comes to its end',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** A broken invariant. It ends the simulation. */
export class Violation extends Error {
  override name = 'Violation';
  readonly invariant: Invariant;
  constructor(invariant: Invariant, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

/** @throws Violation unless `holds` */
export function expectThat(holds: boolean, invariant: Invariant, detail: () => string): asserts holds {
  if (!holds) throw new Violation(invariant, detail());
}

export const fail = (invariant: Invariant, detail: string): never => {
  throw new Violation(invariant, detail);
};
