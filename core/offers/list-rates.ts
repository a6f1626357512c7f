import { formatFiat } from '../money/fiat.ts';
import { refusal } from '../refusal.ts';
import type { OfferPorts } from './ports.ts';
import { currentRates } from './prices.ts';

/** The market price of 1 XMR in each currency that has a fresh one. */
export const listRates =
  ({ prices, clock }: Pick<OfferPorts, 'prices' | 'clock'>) =>
  async () => {
    const rates = await currentRates(prices, clock.now());
    if (!rates.length) return refusal('price_unavailable');
    return {
      items: rates.map(({ currency, fiatPerXmr, source, at }) => ({
        currency,
        fiatPerXmr: formatFiat(fiatPerXmr, currency),
        source,
        at,
      })),
    };
  };
