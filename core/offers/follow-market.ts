import { forEachIsolated } from '../for-each-isolated.ts';
import type { CoverPorts } from './cover.ts';
import { toleratedAround } from './cover.ts';
import { coverOffer } from './cover-offers.ts';
import { currentRates } from './prices.ts';

/** Upper bound of offers of one currency that a run decides again, for each direction. The next run continues. */
const OFFERS_A_RUN = 100;

/**
 * Decides again about offers to sell that follow a market which has moved far since their last decision. A decision
 * notes the new price, so that the same move finds each offer once.
 *
 * @returns the number of offers that were found
 * @throws the errors of single offers, after all others were tried
 */
export const followMarket = (ports: CoverPorts) => async (): Promise<number> => {
  const rates = await currentRates(ports.prices, ports.clock.now());
  const found = await Promise.all(
    rates.map(({ currency, fiatPerXmr }) =>
      ports.offers.decidedOutside(currency, toleratedAround(fiatPerXmr), OFFERS_A_RUN),
    ),
  );
  const ids = found.flat();
  await forEachIsolated(ids, (id) => coverOffer(ports, id));
  return ids.length;
};
