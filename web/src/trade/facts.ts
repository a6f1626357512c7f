import type { Trade } from '../api/things.ts';

export type State = Trade['state'];

export const isRunning = (state: State): boolean => state === 'awaiting_payment' || state === 'payment_sent';
export const otherParty = (trade: Trade) => (trade.role === 'buyer' ? trade.seller : trade.buyer);
export const nameOf = (person: Trade['buyer']): string => person.displayName ?? person.username;

/** The colour of a state's badge. */
export const toneOf = (state: State): 'live' | 'good' | 'bad' | '' =>
  isRunning(state) ? 'live' : state === 'completed' ? 'good' : state === 'expired' ? 'bad' : '';
