import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { OfferPorts } from './ports.ts';
import { currentRates } from './prices.ts';
import { showOwnOffers } from './views.ts';

/** The caller's offers, newest first, closed ones included. */
export const listMyOffers =
  ({ offers, prices, people, clock }: OfferPorts) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const [mine, rates, persons] = await Promise.all([
      offers.ofOwner(accountId, page),
      currentRates(prices, clock.now()),
      people.getMany([accountId]),
    ]);
    const rateOf = ({ currency }: { currency: string }) => rates.find((rate) => rate.currency === currency);
    return { ...mine, items: showOwnOffers(mine.items, rateOf, persons) };
  };
