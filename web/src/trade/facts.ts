import { hasEnded } from '#core/trades/states.ts';
import type { Trade } from '../api/things.ts';
import type { End, TradeWords } from '../i18n/en/trade.ts';
import { fiatText, fullXmr, methodText } from '../i18n/format.ts';
import { tradeTexts } from './texts.ts';

export type State = Trade['state'];
type Actor = Trade['history'][number]['by'];

export const otherParty = (trade: Trade) => (trade.role === 'buyer' ? trade.seller : trade.buyer);
export const nameOf = (person: Trade['buyer']): string => person.displayName ?? person.username;

/** The name of a party, or the word for another actor. */
export const actorOf = (trade: Trade, actor: Actor): string =>
  actor === 'buyer' || actor === 'seller' ? nameOf(trade[actor]) : tradeTexts().actors[actor];

type Tone = 'live' | 'good' | 'bad' | '';
const TONE_OF: { readonly [state in State]?: Tone } = { disputed: 'bad', completed: 'good', expired: 'bad' };

/** The colour of a state's badge. */
export const toneOf = (state: State): Tone => TONE_OF[state] ?? (hasEnded(state) ? '' : 'live');

/** How a trade ended; `undefined` while it goes on. */
function endOf({ state, endedBy, dispute }: Trade): End | undefined {
  switch (state) {
    case 'completed':
      return dispute ? 'seller_gave_in' : 'completed';
    case 'cancelled':
      if (endedBy === 'both') return 'both';
      return dispute ? 'buyer_gave_in' : 'cancelled';
    case 'expired':
    case 'resolved':
      return state;
    default:
      return undefined;
  }
}

function factsOf(trade: Trade): TradeWords {
  const { dispute, cancellationAskedBy: asker = 'buyer' } = trade;
  return {
    fiat: fiatText(trade.amountFiat, trade.currency),
    method: methodText(trade.method),
    buyer: nameOf(trade.buyer),
    seller: nameOf(trade.seller),
    asker: nameOf(trade[asker]),
    agreer: nameOf(asker === 'buyer' ? trade.seller : trade.buyer),
    opener: nameOf(trade[dispute?.openedBy ?? 'buyer']),
    toBuyer: fullXmr(dispute?.resolution?.buyerXmr ?? '0'),
    toSeller: fullXmr(dispute?.resolution?.sellerXmr ?? '0'),
  };
}

/** One sentence or two: the thing to do now, or who ended the trade and why. */
export function wordsOf(trade: Trade): string {
  const { role, state } = trade;
  const end = endOf(trade);
  if (end) return tradeTexts().ends[role][end](factsOf(trade));
  const isGoingOn = state === 'awaiting_payment' || state === 'payment_sent' || state === 'disputed';
  return isGoingOn ? tradeTexts().next[role][state](factsOf(trade)) : '';
}
