import type { AccountId, OfferId, PaymentAccountId } from '../ids.ts';
import { type Currency, type MinorUnits, withMargin } from '../money/fiat.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { OFFER_STATES, SIDES } from './states.ts';

export type Side = (typeof SIDES)[number];
export type Price = { kind: 'fixed'; fiatPerXmr: MinorUnits } | { kind: 'market'; marginBp: number };

/** An offer's place in the market's order by price. It had this place from `from` until just before `until`. */
export type Place = { price: Price; from: Instant; until: Instant };

/** A payment account that an offer names, with its method, which never changes. */
export type NamedAccount = { method: string; id: PaymentAccountId };

/** Whether the owner's balance covers the smallest trade of an open offer to sell, as it was last decided. */
export type Cover = {
  isEnough: boolean;
  /** The XMR that the smallest trade takes. */
  neededPiconero: Piconero;
  /** The market price that it was decided at, 0 if it was unknown. Absent where the offer's price is fixed. */
  marketFiatPerXmr?: MinorUnits;
  /** Raised by each decision, because a decision leaves the offer's own version as it is. */
  version: number;
};

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
  /** The market does not list it. It is found by its link only. */
  unlisted?: true;
  /** Absent in offers to buy, and in offers to sell that are older than this field. */
  cover?: Cover;
  /** Its earlier places in the market's order, oldest first. */
  earlierPlaces?: Place[];
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
};

/** Whether the market lists an offer. */
export const isListed = ({ state, unlisted, cover }: Pick<Offer, 'state' | 'unlisted' | 'cover'>): boolean =>
  state === 'open' && !unlisted && cover?.isEnough !== false;

/** The market price of 1 XMR, and its time. */
export type Rate = { currency: Currency; fiatPerXmr: MinorUnits; source: string; at: Instant };

/** The price of 1 XMR in an offer; `undefined` if it follows a market whose price is unknown. */
export function fiatPerXmr(offer: Pick<Offer, 'price'>, rate: Rate | undefined): MinorUnits | undefined {
  if (offer.price.kind === 'fixed') return offer.price.fiatPerXmr;
  return rate && withMargin(rate.fiatPerXmr, offer.price.marginBp);
}
