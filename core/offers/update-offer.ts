import type { Caller } from '../caller.ts';
import type { OfferId, PaymentAccountId } from '../ids.ts';
import { formatFiat } from '../money/fiat.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { refusedForDebt } from './debt.ts';
import { namedAccounts, ownAccountsView } from './named-accounts.ts';
import type { NamedAccount, Offer } from './offers.ts';
import { ownOffer } from './own-offer.ts';
import { earlierPlacesAfter } from './places.ts';
import type { OfferPorts } from './ports.ts';
import { type OfferTerms, parseTerms } from './rules.ts';
import { showOffer } from './views.ts';

type Changes = Partial<OfferTerms & Pick<Offer, 'methods' | 'terms' | 'paymentWindowMinutes'>> & {
  state?: 'open' | 'paused';
  /** All of them, because one that is left out is no longer named. */
  paymentAccountIds?: PaymentAccountId[] | undefined;
};

const definedOf = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as T;

/** The terms in the API's form, so that a change of one term is checked together with the others. */
function wireTerms({ price, minFiat, maxFiat, currency }: Offer): OfferTerms {
  return {
    price:
      price.kind === 'market' ? price : { kind: 'fixed', fiatPerXmr: formatFiat(price.fiatPerXmr, currency) },
    minFiat: formatFiat(minFiat, currency),
    maxFiat: formatFiat(maxFiat, currency),
  };
}

/** The payment accounts after a change. Those of methods that the offer no longer has are dropped. */
async function accountsAfter(
  { paymentAccounts }: Pick<OfferPorts, 'paymentAccounts'>,
  offer: Offer,
  { methods = offer.methods, paymentAccountIds: ids }: Pick<Changes, 'methods' | 'paymentAccountIds'>,
): Promise<NamedAccount[] | Refusal> {
  if (!ids) return (offer.paymentAccounts ?? []).filter(({ method }) => methods.includes(method));
  const own = ids.length > 0 ? await paymentAccounts.ofAccount(offer.ownerId) : [];
  return namedAccounts(ids, { side: offer.side, methods }, own);
}

/** Changes an offer, if `version` is still its version. A refused change changes nothing. */
export const updateOffer =
  (ports: OfferPorts) =>
  async (
    {
      offerId,
      version,
      price,
      minFiat,
      maxFiat,
      paymentAccountIds,
      ...rest
    }: Changes & { offerId: OfferId; version: number },
    caller: Caller,
  ) => {
    const { offers, ledger, clock } = ports;
    const offer = await ownOffer(offers, offerId, caller);
    if (isRefusal(offer)) return offer;
    const changed = definedOf({ price, minFiat, maxFiat });
    const terms = parseTerms({ ...wireTerms(offer), ...changed } as OfferTerms, offer.currency);
    if (isRefusal(terms)) return terms;
    const named = await accountsAfter(ports, offer, { methods: rest.methods, paymentAccountIds });
    if (isRefusal(named)) return named;
    if (offer.state === 'closed') return refusal('offer_not_open', { state: offer.state });
    if (offer.version !== version) return refusal('changed_since');
    const now = clock.now();
    const earlierPlaces = earlierPlacesAfter(offer, terms.price, now);
    const { pausedTogether, paymentAccounts: _, ...kept } = offer;
    const next: Offer = {
      ...kept,
      ...(pausedTogether && rest.state === undefined && { pausedTogether }),
      ...definedOf(rest),
      ...(named.length > 0 && { paymentAccounts: named }),
      ...terms,
      ...(earlierPlaces.length > 0 && { earlierPlaces }),
      version: version + 1,
      updatedAt: now,
    };
    const shown = await showOffer(ports, next);
    if (isRefusal(shown)) return shown;
    const opens = next.state === 'open' && offer.state !== 'open';
    const indebted = opens && (await refusedForDebt(next, ledger));
    if (indebted) return indebted;
    if (await offers.save(next)) return refusal('changed_since');
    return { ...shown, ...ownAccountsView(next) };
  };
