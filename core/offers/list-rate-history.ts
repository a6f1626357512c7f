import { formatFiat } from '../money/fiat.ts';
import { isRefusal } from '../refusal.ts';
import type { OfferPorts } from './ports.ts';
import { spanOf } from './rate-history.ts';
import { currencyOf } from './rules.ts';

/** The market prices of the last hours, oldest first. A time without a known price has no point. */
export const listRateHistory =
  ({ prices, clock }: Pick<OfferPorts, 'prices' | 'clock'>) =>
  async ({ currency: code, hours }: { currency: string; hours: number }) => {
    const currency = currencyOf(code);
    if (isRefusal(currency)) return currency;
    const points = await prices.history(currency, spanOf(hours, clock.now()));
    return {
      items: points.map(({ at, fiatPerXmr }) => ({ at, fiatPerXmr: formatFiat(fiatPerXmr, currency) })),
    };
  };
