import type { Caller } from '../caller.ts';
import { refusedByHalt } from '../halts/halts.ts';
import type { OfferId, PaymentAccountId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { withCover } from './cover.ts';
import { refusedForDebt } from './debt.ts';
import { namedAccounts } from './named-accounts.ts';
import type { Offer } from './offers.ts';
import type { OfferPorts } from './ports.ts';
import { currencyOf, type OfferTerms, parseTerms } from './rules.ts';
import { showOwnOffer } from './views.ts';

type NewOffer = OfferTerms &
  Pick<Offer, 'side' | 'methods' | 'terms' | 'paymentWindowMinutes'> & {
    currency: string;
    paymentAccountIds?: PaymentAccountId[] | undefined;
    unlisted?: boolean;
  };

/** Puts an offer on the market. It is decided again if the owner's balance changes between reading and writing. */
export const createOffer =
  (ports: OfferPorts) =>
  async ({ currency: code, paymentAccountIds = [], ...wanted }: NewOffer, caller: Caller) => {
    const { offers, paymentAccounts, clock, ids } = ports;
    const halted = refusedByHalt(await ports.halts.read(), 'offers');
    if (halted) return halted;
    const currency = currencyOf(code);
    if (isRefusal(currency)) return currency;
    const terms = parseTerms(wanted, currency);
    if (isRefusal(terms)) return terms;
    const own = paymentAccountIds.length > 0 ? await paymentAccounts.ofAccount(caller.accountId) : [];
    const named = namedAccounts(paymentAccountIds, wanted, own);
    if (isRefusal(named)) return named;
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
      ...(named.length > 0 && { paymentAccounts: named }),
      ...(wanted.terms !== undefined && { terms: wanted.terms }),
      paymentWindowMinutes: wanted.paymentWindowMinutes,
      state: 'open',
      ...(wanted.unlisted && { unlisted: true as const }),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return retryOnConflict(`the balance of ${caller.accountId}`, async () => {
      const { offer: covered, seen } = await withCover(offer, ports);
      // The view is made before the write, because an offer without a known price is refused.
      const shown = await showOwnOffer(ports, covered);
      if (isRefusal(shown)) return shown;
      return refusedForDebt(seen) ?? (await offers.add(covered, seen)) ?? shown;
    });
  };
