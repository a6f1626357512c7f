import type { Caller } from '../caller.ts';
import type { OfferId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import { refusedForDebt } from './debt.ts';
import type { Offer } from './offers.ts';
import type { OfferPorts } from './ports.ts';
import { currencyOf, type OfferTerms, parseTerms } from './rules.ts';
import { showOffer } from './views.ts';

type NewOffer = OfferTerms &
  Pick<Offer, 'side' | 'methods' | 'terms' | 'paymentWindowMinutes'> & { currency: string };

/** Puts an offer on the market. */
export const createOffer =
  (ports: OfferPorts) =>
  async ({ currency: code, ...wanted }: NewOffer, caller: Caller) => {
    const { offers, ledger, clock, ids } = ports;
    const currency = currencyOf(code);
    if (isRefusal(currency)) return currency;
    const terms = parseTerms(wanted, currency);
    if (isRefusal(terms)) return terms;
    const now = clock.now();
    const offer: Offer = {
      id: ids.next<OfferId>(),
      ownerId: caller.accountId,
      side: wanted.side,
      currency,
      price: terms.price,
      minFiat: terms.minFiat,
      maxFiat: terms.maxFiat,
      methods: wanted.methods,
      ...(wanted.terms !== undefined && { terms: wanted.terms }),
      paymentWindowMinutes: wanted.paymentWindowMinutes,
      state: 'open',
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    // The view is made before the write, because an offer without a known price is refused.
    const shown = await showOffer(ports, offer);
    if (isRefusal(shown)) return shown;
    const indebted = await refusedForDebt(offer, ledger);
    if (indebted) return indebted;
    await offers.add(offer);
    return shown;
  };
