import { createRouter, searchParams, serializeSearch } from 'sv-router';
import Market from './market/Market.svelte';
import NotFound from './shell/NotFound.svelte';
import { opening } from './shell/opening.svelte.ts';
import { leavePlace, reachPlace } from './shell/places.ts';

/** Every page; all but the market come when they are asked for. */
export const { p, navigate, route } = createRouter({
  '/': Market,
  '/sign-in': () => import('./session/SignIn.svelte'),
  '/sign-up': () => import('./session/SignUp.svelte'),
  '/offers/new': () => import('./offers/NewOffer.svelte'),
  '/offers/:offerId': () => import('./offers/OfferPage.svelte'),
  '/offers/:offerId/edit': () => import('./offers/EditOffer.svelte'),
  '/my/offers': () => import('./offers/MyOffers.svelte'),
  '/my/trades': () => import('./trade/MyTrades.svelte'),
  '/trades/:tradeId': () => import('./trade/TradeRoom.svelte'),
  '/wallet': () => import('./wallet/WalletPage.svelte'),
  '/wallet/withdrawals/:withdrawalId': () => import('./wallet/WithdrawalPage.svelte'),
  '/account': () => import('./account/AccountPage.svelte'),
  '*': NotFound,
  hooks: {
    beforeLoad: ({ pathname, search }) => {
      // "Back" and the first page come without a query: the address bar has it already.
      const query = serializeSearch(search) ?? (pathname === location.pathname ? location.search : '');
      leavePlace();
      return opening.begin(pathname + query, { isBuiltIn: pathname === '/' });
    },
    afterLoad: () => {
      opening.done();
      reachPlace();
    },
  },
});

/** Where one is, to come back to after signing in. */
export const here = (): string => location.pathname + location.search;

/** Goes to a path that came out of the address bar. Only one of this site's own is followed. */
const goTo = (path: string): void => {
  const url = new URL(path, location.origin);
  const own = url.origin === location.origin ? url : new URL(location.origin);
  void navigate(own.pathname as '/', { search: own.search, replace: true });
};

const next = (): string | null => searchParams.toURLSearchParams().get('next');

/** After signing in: to the page one wanted, or to the market. */
export const goOn = (): void => goTo(next() ?? '/');

/** Between signing in and signing up, the wanted page is not forgotten. */
export const nextQuery = () => {
  const path = next();
  return path ? { search: { next: path } } : undefined;
};

export const hasNext = (): boolean => next() !== null;
