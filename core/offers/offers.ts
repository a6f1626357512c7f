import type { AccountId, OfferId, PaymentAccountId } from '../ids.ts';
import { type Currency, type MinorUnits, withMargin } from '../money/fiat.ts';
import type { Instant } from '../time.ts';
import type { OFFER_STATES, SIDES } from './states.ts';

export type Side = (typeof SIDES)[number];
export type Price = { kind: 'fixed'; fiatPerXmr: MinorUnits } | { kind: 'market'; marginBp: number };

/** An offer's place in the market's order by price. It had this place from `from` until just before `until`. */
export type Place = { price: Price; from: Instant; until: Instant };

/** A payment account that an offer names, with its method, which never changes. */
export type NamedAccount = { method: string; id: PaymentAccountId };

export type Offer = {
  id: OfferId;
  ownerId: AccountId;
  side: Side;
  currency: Currency;
  price: Price;
  minFiat: MinorUnits;
  maxFiat: MinorUnits;
  methods: string[];
  /** Where its buyers pay, at most one for each method. Only offers to sell have them. */
  paymentAccounts?: NamedAccount[];
  terms?: string;
  paymentWindowMinutes: number;
  state: (typeof OFFER_STATES)[number];
  /** Set by pauseMyOffers, because resumeMyOffers opens only these. The owner's next choice of `state` removes it. */
  pausedTogether?: true;
  /** Its earlier places in the market's order, oldest first. */
  earlierPlaces?: Place[];
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
};

/** The market price of 1 XMR, and its time. */
export type Rate = { currency: Currency; fiatPerXmr: MinorUnits; source: string; at: Instant };

/** The price of 1 XMR in an offer; `undefined` if it follows a market whose price is unknown. */
export function fiatPerXmr(offer: Pick<Offer, 'price'>, rate: Rate | undefined): MinorUnits | undefined {
  if (offer.price.kind === 'fixed') return offer.price.fiatPerXmr;
  return rate && withMargin(rate.fiatPerXmr, offer.price.marginBp);
}
