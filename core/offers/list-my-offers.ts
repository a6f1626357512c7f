import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import { currentRates } from './list-rates.ts';
import type { OfferPorts } from './view-offer.ts';
import { offerView, priced } from './views.ts';

export const listMyOffers =
  ({ offers, prices, people, clock }: OfferPorts) =>
  async ({ page }: { page: PageRequest }, caller: Caller) => {
    const [mine, rates, persons] = await Promise.all([
      offers.ofOwner(caller.accountId, page),
      currentRates(prices, clock.now()),
      people.getMany([caller.accountId]),
    ]);
    const shown = priced(mine.items, ({ currency }) => rates.find((rate) => rate.currency === currency));
    return { ...mine, items: shown.map(({ offer, price }) => offerView(offer, price, persons)) };
  };
