import type { Written } from '../meter/written.ts';

/** The reason for each row that the three steps of a trade write. */
const WHY: Record<string, string> = {
  'startTrade THROTTLE': 'starts of an account are counted by time',
  'startTrade IDEMPOTENCY': 'a retry gets the same answer, and no second trade',
  'startTrade OFFER checked': 'the offer is still the one whose price and limits were read',
  'startTrade HALTS checked': 'no trade starts after a halt was written',
  'startTrade REFERENCE': 'no two open trades of a seller have one reference',
  'startTrade TRADE': 'the trade itself',
  'startTrade TRADE by-buyer': "the buyer's list of trades",
  'startTrade TRADE by-seller': "the seller's list of trades",
  'startTrade TRADE by-buyer-state': "the buyer's list of trades in this state",
  'startTrade TRADE by-seller-state': "the seller's list of trades in this state",
  'startTrade TRADE by-expiry': 'so that time can end it while unpaid',
  'startTrade PERSON': 'how many trades the taker has open, so that nobody takes them all',
  'startTrade TRANSFER': 'the hold: an entry of the ledger',
  'startTrade TRANSFER by-debit': "the seller's statement",
  'startTrade TRANSFER by-hold': 'so that a hold without a trade is found',
  'startTrade BALANCE': "the seller's: from available to held",
  'startTrade OUTBOX': 'the event: its row, and the deletion once it is delivered',
  'startTrade NOTICES': 'the notice of the other party',
  'confirmPaymentSent OUTBOX': 'the event: its row, and the deletion once it is delivered',
  'confirmPaymentSent NOTICES': 'the notice of the other party',
  'confirmPaymentReceived OUTBOX': 'the event: its row, and the deletion once it is delivered',
  'confirmPaymentReceived NOTICES': 'the notice of the other party',
  'confirmPaymentSent TRADE': 'its state',
  'confirmPaymentSent TRADE by-buyer-state': 'from one of the buyer’s lists by state to the next',
  'confirmPaymentSent TRADE by-seller-state': 'from one of the seller’s lists by state to the next',
  'confirmPaymentSent TRADE by-expiry': 'time cannot end it any more',
  'confirmPaymentReceived TRADE': 'its state',
  'confirmPaymentReceived TRADE by-buyer-state': 'from one of the buyer’s lists by state to the next',
  'confirmPaymentReceived TRADE by-seller-state': 'from one of the seller’s lists by state to the next',
  'confirmPaymentReceived TRANSFER': 'the hold is posted',
  'confirmPaymentReceived TRANSFER by-hold': 'nothing is held any more',
  'confirmPaymentReceived TRANSFER by-credit': "the buyer's statement",
  'confirmPaymentReceived BALANCE': "the seller's held, or the buyer's available",
  'confirmPaymentReceived REFERENCE': 'the reference is free again',
  'confirmPaymentReceived PERSON': "trades completed, which others see of each party; the taker's open ones",
  'confirmPaymentReceived PAIR': 'afterwards: trades of these two that are counted, so that each counts once',
  'confirmPaymentReceived STANDING': 'afterwards: what the trade brings to the reputation of each party',
};

/** The reason for a written row, or a text that says that there is none. */
export function why(label: string, { kind, index, how }: Written): string {
  const what = [label, kind, index, how === 'checked' && how].filter(Boolean).join(' ');
  return WHY[what] ?? 'nobody has said why';
}
