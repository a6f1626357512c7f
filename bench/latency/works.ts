import type { ApiClient } from '#contract/client.ts';
import type { OfferId, TradeId } from '#core/ids.ts';
import { aKey } from '../callers/caller.ts';
import { TERMS } from '../cost/people.ts';

/** A seller and that seller's buyers, all through one client of the API. */
export type Circle = {
  seller: ApiClient;
  /** Several buyers, because one person may have only a few open trades. */
  buyers: ApiClient[];
  offerId: OfferId;
  sellerLogin: { login: string; password: string };
  buyerAddress: string;
};

/** One call's seller and buyer. */
export type Pair = Omit<Circle, 'buyers'> & { buyer: ApiClient };

/**
 * An operation: the preparation of each call, the call, and the clean-up after it. Only the call is timed.
 */
export type Work = {
  label: string;
  prepare?: (pair: Pair) => Promise<TradeId>;
  call: (pair: Pair, tradeId: TradeId) => Promise<unknown>;
  /** The trade that the call leaves open; without this function it leaves none. */
  leavesOpen?: (tradeId: TradeId, answer: unknown) => TradeId;
};

const start = ({ buyer, offerId }: Pair) =>
  buyer.startTrade({ offerId, amountXmr: '0.001', fiatPerXmr: '150.00' }, aKey());
const begun = async (pair: Pair) => (await start(pair)).id;
const paid = async (pair: Pair) => {
  const tradeId = await begun(pair);
  await pair.buyer.confirmPaymentSent({ tradeId });
  return tradeId;
};
const thePrepared = (tradeId: TradeId) => tradeId;

/** Completes a buyer's first trade, because only then may more trades be open at once. */
export async function completeOne(pair: Pair): Promise<void> {
  const tradeId = await paid(pair);
  await pair.seller.confirmPaymentReceived({ tradeId });
}

export const WORKS: Work[] = [
  { label: 'getMe', call: ({ buyer }) => buyer.getMe() },
  {
    label: 'listOffers',
    call: ({ buyer }) => buyer.listOffers({ side: 'sell', currency: 'EUR', sort: 'price' }),
  },
  { label: 'getWallet', call: ({ buyer }) => buyer.getWallet() },
  { label: 'listEntries', call: ({ seller }) => seller.listEntries() },
  {
    label: 'getTrade',
    prepare: begun,
    call: ({ buyer }, tradeId) => buyer.getTrade({ tradeId }),
    leavesOpen: thePrepared,
  },
  { label: 'createOffer', call: ({ seller }) => seller.createOffer({ ...TERMS, minFiat: '0.10' }) },
  {
    label: 'startTrade',
    call: start,
    leavesOpen: (_, answer) => (answer as Awaited<ReturnType<typeof start>>).id,
  },
  {
    label: 'confirmPaymentSent',
    prepare: begun,
    call: ({ buyer }, tradeId) => buyer.confirmPaymentSent({ tradeId }),
    leavesOpen: thePrepared,
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
