import type { Withdrawal } from '../api/things.ts';

/** Confirmations until a payout counts as final: the ten blocks of Monero's own spending rule. */
export const CONFIRMATIONS_NEEDED = 10;

export const toneOf = (state: Withdrawal['state']): 'good' | 'bad' | 'live' =>
  state === 'confirmed' ? 'good' : state === 'failed' ? 'bad' : 'live';
