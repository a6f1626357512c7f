import type { ApiClient } from '#contract/client.ts';
import type { OfferId, TradeId } from '#core/ids.ts';
import { TERMS } from '../cost/people.ts';
import { aKey } from '../doors/caller.ts';

/** Two people who trade with nobody else, by one way to the API. */
export type Pair = {
  seller: ApiClient;
  buyer: ApiClient;
  offerId: OfferId;
  sellerLogin: { login: string; password: string };
  buyerAddress: string;
};

/** An operation: what must be there before each call, which is not timed, and the call. */
export type Work = {
  label: string;
  prepare?: (pair: Pair) => Promise<TradeId>;
  call: (pair: Pair, tradeId: TradeId) => Promise<unknown>;
};

const begun = async ({ buyer, offerId }: Pair) =>
  (await buyer.startTrade({ offerId, amountXmr: '0.001', fiatPerXmr: '150.00' }, aKey())).id;
const paid = async (pair: Pair) => {
  const tradeId = await begun(pair);
  await pair.buyer.confirmPaymentSent({ tradeId });
  return tradeId;
};

export const WORKS: Work[] = [
  { label: 'getMe', call: ({ buyer }) => buyer.getMe() },
  {
    label: 'listOffers',
    call: ({ buyer }) => buyer.listOffers({ side: 'sell', currency: 'EUR', sort: 'price' }),
  },
  { label: 'getWallet', call: ({ buyer }) => buyer.getWallet() },
  { label: 'listEntries', call: ({ seller }) => seller.listEntries() },
  { label: 'getTrade', prepare: begun, call: ({ buyer }, tradeId) => buyer.getTrade({ tradeId }) },
  { label: 'createOffer', call: ({ seller }) => seller.createOffer({ ...TERMS, minFiat: '0.10' }) },
  { label: 'startTrade', call: begun },
  {
    label: 'confirmPaymentSent',
    prepare: begun,
    call: ({ buyer }, tradeId) => buyer.confirmPaymentSent({ tradeId }),
  },
  {
    label: 'confirmPaymentReceived',
    prepare: paid,
    call: ({ seller }, tradeId) => seller.confirmPaymentReceived({ tradeId }),
  },
  {
    label: 'requestWithdrawal, to a member',
    call: ({ seller, buyerAddress: address }) =>
      seller.requestWithdrawal({ address, amountXmr: '0.001' }, aKey()),
  },
  { label: 'logIn', call: ({ seller, sellerLogin }) => seller.logIn(sellerLogin) },
];
