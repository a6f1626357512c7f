import { formatFiat, type MinorUnits } from '../money/fiat.ts';
import { type PeopleById, personIn } from '../people.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import type { ReadingCall } from '../versions.ts';
import { ownAccountsView } from './named-accounts.ts';
import { fiatPerXmr, isListed, type Offer, type Rate } from './offers.ts';
import type { OfferPorts } from './ports.ts';
import { priceNow } from './prices.ts';

/** The fields of an offer that neither the market nor its owner's name changes, named one by one. */
export function offerTerms(offer: Offer) {
  const fiat = (amount: MinorUnits) => formatFiat(amount, offer.currency);
  const { price } = offer;
  return {
    id: offer.id,
    side: offer.side,
    currency: offer.currency,
    price:
      price.kind === 'fixed'
        ? { kind: price.kind, fiatPerXmr: fiat(price.fiatPerXmr) }
        : { kind: price.kind, marginBp: price.marginBp },
    minFiat: fiat(offer.minFiat),
    maxFiat: fiat(offer.maxFiat),
    methods: offer.methods,
    ...(offer.terms !== undefined && { terms: offer.terms }),
    paymentWindowMinutes: offer.paymentWindowMinutes,
    state: offer.state,
    ...(offer.unlisted && { unlisted: offer.unlisted }),
    version: offer.version,
    createdAt: offer.createdAt,
    updatedAt: offer.updatedAt,
  };
}

/**
 * An offer as everybody sees it, so that a stored field is never shown by default.
 *
 * @param price of 1 XMR now, in minor units of the offer's currency
 */
const offerView = (offer: Offer, price: MinorUnits, people: PeopleById) => ({
  ...offerTerms(offer),
  owner: personIn(people, offer.ownerId),
  fiatPerXmr: formatFiat(price, offer.currency),
});

/** The part that only the owner sees: the payment accounts, whether the market lists the offer, and why it does not. */
const ownersView = (offer: Offer) => ({
  ...ownAccountsView(offer),
  listed: isListed(offer),
  ...(!isListed(offer) && { notListedBecause: reasonOf(offer) }),
});

function reasonOf({ state, unlisted }: Offer) {
  if (state !== 'open') return state;
  return unlisted ? ('unlisted' as const) : ('insufficient_funds' as const);
}

export type OfferView = ReturnType<typeof offerView>;

type RateOf = (offer: Offer) => Rate | undefined;

/** Offers as everybody sees them. Those that follow a market without a price are left out. */
export const showOffers = (offers: readonly Offer[], rateOf: RateOf, people: PeopleById): OfferView[] =>
  offers.flatMap((offer) => {
    const price = fiatPerXmr(offer, rateOf(offer));
    return price === undefined ? [] : [offerView(offer, price, people)];
  });

/** Offers as their owner sees them. Those that follow a market without a price are left out. */
export const showOwnOffers = (offers: readonly Offer[], rateOf: RateOf, people: PeopleById) =>
  offers.flatMap((offer) =>
    showOffers([offer], rateOf, people).map((view) => ({ ...view, ...ownersView(offer) })),
  );

/** One offer as everybody sees it now, or `price_unavailable`. */
export async function showOffer(
  { prices, people, clock }: Pick<OfferPorts, 'prices' | 'people' | 'clock'>,
  offer: Offer,
  { endIfKnown }: ReadingCall = {},
): Promise<OfferView | Refusal> {
  const price = await priceNow(prices, offer, clock.now());
  if (price === undefined) return refusal('price_unavailable');
  endIfKnown?.({ version: offer.version, fiatPerXmr: formatFiat(price, offer.currency) });
  return offerView(offer, price, await people.getMany([offer.ownerId]));
}

/** One offer as its owner sees it now, or `price_unavailable`. */
export async function showOwnOffer(ports: Pick<OfferPorts, 'prices' | 'people' | 'clock'>, offer: Offer) {
  const view = await showOffer(ports, offer);
  return isRefusal(view) ? view : { ...view, ...ownersView(offer) };
}
