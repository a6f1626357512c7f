import { createRouter, searchParams, serializeSearch } from 'sv-router';
import { translated } from './i18n/i18n.svelte.ts';
import Market from './market/Market.svelte';
import NotFound from './shell/NotFound.svelte';
import { opening } from './shell/opening.svelte.ts';
import { enterPage, leavePage } from './shell/visits.ts';

/** All pages. Each loads on demand, and with its texts, except the market. */
export const { p, navigate, route } = createRouter({
  '/': Market,
  '/sign-in': () => import('./session/SignIn.svelte').then(translated),
  '/sign-up': () => import('./session/SignUp.svelte').then(translated),
  '/forgot-password': () => import('./session/ForgotPassword.svelte').then(translated),
  '/reset-password': () => import('./session/ResetPassword.svelte').then(translated),
  '/rates': () => import('./rates/RatesPage.svelte').then(translated),
  '/offers/new': () => import('./offers/NewOffer.svelte').then(translated),
  '/offers/:offerId': () => import('./offers/OfferPage.svelte').then(translated),
  '/offers/:offerId/edit': () => import('./offers/EditOffer.svelte').then(translated),
  '/my/offers': () => import('./offers/MyOffers.svelte').then(translated),
  '/my/trades': () => import('./trade/MyTrades.svelte').then(translated),
  '/trades/:tradeId': () => import('./trade/TradeRoom.svelte').then(translated),
  '/wallet': () => import('./wallet/WalletPage.svelte').then(translated),
  '/wallet/withdrawals/:withdrawalId': () => import('./wallet/WithdrawalPage.svelte').then(translated),
  '/notices': () => import('./notices/NoticesPage.svelte').then(translated),
  '/account/notices': () => import('./notices/NoticeSettingsPage.svelte').then(translated),
  '/account/payment': () => import('./payment/PaymentAccountsPage.svelte').then(translated),
  '/account': () => import('./account/AccountPage.svelte').then(translated),
  '/users': () => import('./reputation/PeoplePage.svelte').then(translated),
  '/users/:username': () => import('./reputation/ProfilePage.svelte').then(translated),
  '/moderation': () => import('./moderation/ModerationPage.svelte').then(translated),
  '/confirm-email': () => import('./account/ConfirmEmailPage.svelte').then(translated),
  '*': NotFound,
  hooks: {
    beforeLoad: ({ pathname, search }) => {
      // For "back" and the first page, only the address bar has the query.
      const query = serializeSearch(search) ?? (pathname === location.pathname ? location.search : '');
      leavePage();
      return opening.begin(pathname + query, { isBuiltIn: pathname === '/' });
    },
    afterLoad: () => {
      opening.done();
      enterPage();
    },
  },
});

/** The current page, as the target of `next`. */
export const here = (): string => location.pathname + location.search;

/** Opens a path from the address bar. Rejects other origins, because anyone can write such a link. */
const goTo = (path: string): void => {
  const url = new URL(path, location.origin);
  const own = url.origin === location.origin ? url : new URL(location.origin);
  void navigate(own.pathname as '/', { search: own.search, replace: true });
};

/** Opens a path that `p` has made. */
export const openPath = (path: string): void => void navigate(path as '/');

const next = (): string | null => searchParams.toURLSearchParams().get('next');

/** Opens the page in `next` after sign-in, or the market. */
export const openNext = (): void => goTo(next() ?? '/');

/** Keeps `next` in links between sign-in and sign-up. */
export const nextQuery = () => {
  const path = next();
  return path ? { search: { next: path } } : undefined;
};

export const hasNext = (): boolean => next() !== null;
