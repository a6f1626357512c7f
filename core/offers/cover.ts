import type { Balance } from '../ledger/ledger.ts';
import { asMinorUnits, type MinorUnits, xmrForFiat } from '../money/fiat.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { type Cover, fiatPerXmr, type Offer, type Rate } from './offers.ts';
import type { OfferPorts } from './ports.ts';
import { freshRate } from './prices.ts';

/** An offer and the balance that its cover was decided from, if it was decided. */
export type Covered = { offer: Offer; seen?: Balance };

/** The ports of a decision. */
export type CoverPorts = Pick<OfferPorts, 'offers' | 'ledger' | 'prices' | 'clock'>;

/** The market price may differ by so many percent from the one of a decision before the offer is decided again. */
const TOLERATED_PERCENT = 5n;

/**
 * The values that differ from `value` by the tolerance at most. A decision stands while the market price is between
 * those around its own. Those around a balance allow for amounts that were decided at another market price.
 */
export const toleratedAround = <T extends bigint>(value: T): { low: T; high: T } => ({
  low: ((value * 100n) / (100n + TOLERATED_PERCENT)) as T,
  high: ((value * (100n + TOLERATED_PERCENT) + 99n) / 100n) as T,
});

/** Whether the owner's balance decides if the market lists the offer. */
export const needsCover = ({ side, state }: Pick<Offer, 'side' | 'state'>): boolean =>
  side === 'sell' && state === 'open';

/** The XMR that the smallest trade of an offer takes, at least 1 piconero. */
function smallestTrade(offer: Offer, price: MinorUnits): Piconero {
  const needed = xmrForFiat(offer.minFiat, price);
  return needed > 0n ? needed : asPiconero(1n);
}

/** The next decision. Without a market price any XMR counts as enough, because the market does not show the offer. */
function coverOf(offer: Offer, { availablePiconero }: Balance, rate: Rate | undefined): Cover {
  const price = fiatPerXmr(offer, rate);
  const needed = price === undefined ? asPiconero(1n) : smallestTrade(offer, price);
  return {
    isEnough: availablePiconero >= needed,
    neededPiconero: needed,
    ...(offer.price.kind === 'market' && { marketFiatPerXmr: rate?.fiatPerXmr ?? asMinorUnits(0n) }),
    version: (offer.cover?.version ?? 0) + 1,
  };
}

/** Whether a decision must be written: it lists or hides the offer, or the market has moved far since the last one. */
export function isNews({ cover }: Offer, { isEnough, marketFiatPerXmr }: Cover): boolean {
  if (!cover || cover.isEnough !== isEnough) return true;
  if (marketFiatPerXmr === undefined) return false;
  const { low, high } = toleratedAround(marketFiatPerXmr);
  const decidedAt = cover.marketFiatPerXmr ?? 0n;
  return decidedAt < low || decidedAt > high;
}

/** The fresh market price that an offer follows; `undefined` where its price is fixed or the market has none. */
const followedRate = async (
  { prices, clock }: Pick<CoverPorts, 'prices' | 'clock'>,
  { price, currency }: Pick<Offer, 'price' | 'currency'>,
): Promise<Rate | undefined> =>
  price.kind === 'market' ? freshRate(prices, currency, clock.now()) : undefined;

/** An offer that is about to be written, with a new decision if it needs cover. */
export async function withCover(offer: Offer, ports: Omit<CoverPorts, 'offers'>): Promise<Covered> {
  if (!needsCover(offer)) return { offer };
  const [seen, rate] = await Promise.all([ports.ledger.balance(offer.ownerId), followedRate(ports, offer)]);
  return { offer: { ...offer, cover: coverOf(offer, seen, rate) }, seen };
}
