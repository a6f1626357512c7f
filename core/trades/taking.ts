import type { AccountId, PaymentAccountId, TradeId, TransferId } from '../ids.ts';
import { fiatForXmr, type MinorUnits, xmrForFiat } from '../money/fiat.ts';
import { MAX_PICONERO, type Piconero } from '../money/xmr.ts';
import type { Offer } from '../offers/offers.ts';
import { fiatAt } from '../offers/rules.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { type Instant, later, MINUTE_MS } from '../time.ts';
import { referenceOf } from './reference.ts';
import type { Trade } from './trades.ts';

/** A taker's request. Exactly one of the amounts is present. */
export type Taking = {
  amountFiat?: string;
  amountXmr?: Piconero;
  method?: string;
  fiatPerXmr?: string;
  /** Where a taker who sells is paid. */
  paymentAccountId?: PaymentAccountId;
};

type Amounts = { amountFiat: MinorUnits; amountPiconero: Piconero };

function amountsOf(taking: Taking, offer: Offer, price: MinorUnits): Amounts | Refusal {
  if (taking.amountXmr !== undefined) {
    return { amountPiconero: taking.amountXmr, amountFiat: fiatForXmr(taking.amountXmr, price) };
  }
  const amountFiat = fiatAt('amountFiat', taking.amountFiat ?? '', offer.currency);
  return isRefusal(amountFiat) ? amountFiat : { amountFiat, amountPiconero: xmrForFiat(amountFiat, price) };
}

/** The requested payment method, or the only one that the offer has. */
function methodOf(taking: Taking, offer: Offer): string | Refusal {
  const method = taking.method ?? (offer.methods.length === 1 ? offer.methods[0] : undefined);
  return method && offer.methods.includes(method) ? method : refusal('method_not_offered');
}

/**
 * The 400 for a payment account that the taker may not name.
 *
 * @param own the taker's payment account with this id, if there is one
 */
export function wrongPaymentAccount(
  { paymentAccountId, ...taking }: Taking,
  offer: Offer,
  own: { method: string } | undefined,
): Refusal | undefined {
  const wrong = (message: string) =>
    refusal('invalid_request', { errors: [{ path: 'paymentAccountId', message }] });
  if (paymentAccountId === undefined) return undefined;
  if (offer.side === 'sell') return wrong('only a taker who sells names a payment account');
  if (!own) return wrong('is not one of your payment accounts');
  const method = methodOf(taking, offer);
  const isOther = !isRefusal(method) && own.method !== method;
  return isOther ? wrong('is for another payment method than the trade') : undefined;
}

/**
 * The trade that starts when an offer is taken at `price`, or the refusal. The checks are in the API's order: form
 * (400), limits (422), the offer's state (409). The ledger checks later whether the seller can pay.
 */
export function tradeFrom(
  taking: Taking,
  offer: Offer,
  price: MinorUnits,
  taker: AccountId,
  made: { id: TradeId; holdId: TransferId; now: Instant },
): Trade | Refusal {
  const seen =
    taking.fiatPerXmr === undefined ? price : fiatAt('fiatPerXmr', taking.fiatPerXmr, offer.currency);
  if (isRefusal(seen)) return seen;
  const amounts = amountsOf(taking, offer, price);
  if (isRefusal(amounts)) return amounts;
  const { amountFiat, amountPiconero } = amounts;
  const outside = amountFiat < offer.minFiat || amountFiat > offer.maxFiat;
  if (outside || amountPiconero === 0n || amountPiconero > MAX_PICONERO)
    return refusal('amount_out_of_range');
  const method = methodOf(taking, offer);
  if (isRefusal(method)) return method;
  if (offer.ownerId === taker) return refusal('own_offer');
  if (offer.state !== 'open') return refusal('offer_not_open', { state: offer.state });
  if (seen !== price) return refusal('price_changed');
  const [buyerId, sellerId] = offer.side === 'sell' ? [taker, offer.ownerId] : [offer.ownerId, taker];
  return {
    id: made.id,
    offerId: offer.id,
    buyerId,
    sellerId,
    takerId: taker,
    ...(offer.side === 'buy' && { countsForMaker: true as const }),
    state: 'awaiting_payment',
    history: [{ state: 'awaiting_payment', at: made.now, by: taker === buyerId ? 'buyer' : 'seller' }],
    amountPiconero,
    amountFiat,
    currency: offer.currency,
    fiatPerXmr: price,
    method,
    ...(offer.terms && { terms: offer.terms }),
    reference: referenceOf(made.id),
    holdId: made.holdId,
    paymentExpiresAt: later(made.now, offer.paymentWindowMinutes * MINUTE_MS),
    createdAt: made.now,
    changedAt: made.now,
    version: 1,
  };
}
