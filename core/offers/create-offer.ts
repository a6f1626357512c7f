import type { Caller } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import { refusedForDebt } from './debt.ts';
import type { Offer } from './offers.ts';
import { currencyOf, type OfferTerms, parseTerms } from './rules.ts';
import type { OfferPorts, ViewOffer } from './view-offer.ts';

type NewOffer = OfferTerms &
  Pick<Offer, 'side' | 'methods' | 'terms' | 'paymentWindowMinutes'> & { currency: string };

export const createOffer =
  ({ offers, ledger, clock, ids }: OfferPorts, view: ViewOffer) =>
  async ({ currency: code, price, minFiat, maxFiat, ...rest }: NewOffer, caller: Caller) => {
    const currency = currencyOf(code);
    if (isRefusal(currency)) return currency;
    const terms = parseTerms({ price, minFiat, maxFiat }, currency);
    if (isRefusal(terms)) return terms;
    const now = clock.now();
    const made = {
      id: ids.next<OfferId>(),
      ownerId: caller.accountId,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const offer: Offer = { ...rest, ...terms, ...made, currency, state: 'open' };
    // Viewed before it is stored, because an offer without a known price is refused.
    const shown = await view(offer);
    if (isRefusal(shown)) return shown;
    const indebted = await refusedForDebt(offer, ledger);
    if (indebted) return indebted;
    await offers.add(offer);
    return shown;
  };
