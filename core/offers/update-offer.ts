import type { Caller } from '../caller.ts';
import { refusedByHalt } from '../halts/halts.ts';
import type { OfferId, PaymentAccountId } from '../ids.ts';
import { formatFiat } from '../money/fiat.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { withCover } from './cover.ts';
import { refusedForDebt } from './debt.ts';
import { namedAccounts } from './named-accounts.ts';
import type { NamedAccount, Offer } from './offers.ts';
import { ownOffer } from './own-offer.ts';
import { earlierPlacesAfter } from './places.ts';
import type { OfferPorts } from './ports.ts';
import { type OfferTerms, parseTerms } from './rules.ts';
import { showOwnOffer } from './views.ts';

type Changes = Partial<OfferTerms & Pick<Offer, 'methods' | 'terms' | 'paymentWindowMinutes'>> & {
  state?: 'open' | 'paused';
  /** All of them, because one that is left out is no longer named. */
  paymentAccountIds?: PaymentAccountId[] | undefined;
  unlisted?: boolean;
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

/**
 * Changes an offer, if `version` is still its version. A refused change changes nothing. It is decided again if the
 * owner's balance, or what was decided from it, changes between reading and writing.
 */
export const updateOffer =
  (ports: OfferPorts) => async (wanted: Changes & { offerId: OfferId; version: number }, caller: Caller) =>
    retryOnConflict(`offer ${wanted.offerId}`, async () => {
      const offer = await ownOffer(ports.offers, wanted.offerId, caller);
      return isRefusal(offer) ? offer : changed(ports, offer, wanted);
    });

async function changed(
  ports: OfferPorts,
  offer: Offer,
  {
    offerId: _,
    version,
    price,
    minFiat,
    maxFiat,
    unlisted,
    paymentAccountIds,
    ...rest
  }: Changes & { offerId: OfferId; version: number },
) {
  const terms = parseTerms(
    { ...wireTerms(offer), ...definedOf({ price, minFiat, maxFiat }) } as OfferTerms,
    offer.currency,
  );
  if (isRefusal(terms)) return terms;
  const named = await accountsAfter(ports, offer, { methods: rest.methods, paymentAccountIds });
  if (isRefusal(named)) return named;
  if (offer.state === 'closed') return refusal('offer_not_open', { state: offer.state });
  if (offer.version !== version) return refusal('changed_since');
  // An offer that is paused may be taken by nobody, so a halt does not concern it.
  const staysOpen = (rest.state ?? offer.state) === 'open';
  const halted = staysOpen ? refusedByHalt(await ports.halts.read(), 'offers') : undefined;
  if (halted) return halted;
  const now = ports.clock.now();
  const earlierPlaces = earlierPlacesAfter(offer, terms.price, now);
  const { pausedTogether, unlisted: wasUnlisted, paymentAccounts: __, ...kept } = offer;
  const { offer: next, seen } = await withCover(
    {
      ...kept,
      ...(pausedTogether && rest.state === undefined && { pausedTogether }),
      ...((unlisted ?? wasUnlisted) && { unlisted: true as const }),
      ...definedOf(rest),
      ...(named.length > 0 && { paymentAccounts: named }),
      ...terms,
      ...(earlierPlaces.length > 0 && { earlierPlaces }),
      version: version + 1,
      updatedAt: now,
    },
    ports,
  );
  const shown = await showOwnOffer(ports, next);
  if (isRefusal(shown)) return shown;
  const opens = next.state === 'open' && offer.state !== 'open';
  const indebted = opens ? refusedForDebt(seen) : undefined;
  return indebted ?? (await ports.offers.save(next, seen)) ?? shown;
}
