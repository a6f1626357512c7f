import type { Withdrawal } from '../api/things.ts';

/** Blocks on top until a payout counts as final: the ten of Monero's own spending rule (design of the money side). */
export const CONFIRMATIONS_NEEDED = 10;

export const toneOf = (state: Withdrawal['state']): 'good' | 'bad' | 'live' =>
  state === 'confirmed' ? 'good' : state === 'failed' ? 'bad' : 'live';
