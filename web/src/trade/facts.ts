import { hasEnded } from '#core/trades/states.ts';
import type { Trade } from '../api/things.ts';

export type State = Trade['state'];

export const otherParty = (trade: Trade) => (trade.role === 'buyer' ? trade.seller : trade.buyer);
export const nameOf = (person: Trade['buyer']): string => person.displayName ?? person.username;

type Tone = 'live' | 'good' | 'bad' | '';
const TONE_OF_END: { readonly [state in State]?: Tone } = { completed: 'good', expired: 'bad' };

/** The colour of a state's badge. */
export const toneOf = (state: State): Tone => (hasEnded(state) ? (TONE_OF_END[state] ?? '') : 'live');
