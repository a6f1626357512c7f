import { formatFiat, type MinorUnits } from '../money/fiat.ts';
import { type PeopleById, personIn } from '../people.ts';
import { fiatPerXmr, type Offer, type Rate } from './offers.ts';

/** An offer as everybody sees it, with its present price. */
export function offerView(offer: Offer, price: MinorUnits, people: PeopleById) {
  const { ownerId, price: set, minFiat, maxFiat, earlierPlaces: _, ...same } = offer;
  const fiat = (amount: MinorUnits) => formatFiat(amount, offer.currency);
  return {
    ...same,
    owner: personIn(people, ownerId),
    price: set.kind === 'fixed' ? { kind: set.kind, fiatPerXmr: fiat(set.fiatPerXmr) } : set,
    fiatPerXmr: fiat(price),
    minFiat: fiat(minFiat),
    maxFiat: fiat(maxFiat),
  };
}

/** The offers with their present prices. Those that follow a market without a price are left out. */
export const priced = (offers: readonly Offer[], rateOf: (offer: Offer) => Rate | undefined) =>
  offers.flatMap((offer) => {
    const price = fiatPerXmr(offer, rateOf(offer));
    return price === undefined ? [] : [{ offer, price }];
  });
