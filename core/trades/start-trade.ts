import { MEMBER } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import { refusedByHalt } from '../halts/halts.ts';
import type { KeyedCall } from '../idempotency.ts';
import type { OfferId, TradeId, TransferId } from '../ids.ts';
import { hold } from '../ledger/ledger.ts';
import type { Offer } from '../offers/offers.ts';
import { priceNow } from '../offers/prices.ts';
import type { PaymentAccount } from '../payment-accounts/payment-accounts.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { getTrade } from './get-trade.ts';
import { MAX_OPEN_TAKEN } from './limits.ts';
import { accountOfOffer, withDetailsOf } from './payment-details.ts';
import type { TradePorts } from './ports.ts';
import { type Taking, tradeFrom, wrongPaymentAccount } from './taking.ts';
import { holdOf, tradeEvent } from './trades.ts';
import { showTrade, type TradeView } from './views.ts';

/** The payment account that a taker who sells names; `undefined` if it is none of the taker's. */
const accountOfTaker = async (
  { paymentAccounts }: Pick<TradePorts, 'paymentAccounts'>,
  { paymentAccountId }: Taking,
  { side }: Offer,
  { accountId }: Caller,
): Promise<PaymentAccount | undefined> =>
  paymentAccountId !== undefined && side === 'buy'
    ? paymentAccounts.get(accountId, paymentAccountId)
    : undefined;

/** The answer as it is stored with the key, because details outside the trade could not be erased with it. */
const withoutDetails = ({ paymentDetails: _, ...stored }: TradeView): TradeView => stored;

/**
 * Takes an offer, holds the seller's XMR, and copies where the buyer pays into the trade. The trade is decided again if
 * the offer or the payment account has changed, or if another open trade of the seller has the same reference. If the
 * maker has removed the payment account, the trade starts without details, like that of an offer that names none.
 * Its transaction checks that takes are not halted, so that a halt and a trade at once have an order.
 *
 * It is one transaction. If the process dies before it, nothing happened. If it dies after it, the same key gets the
 * same answer.
 */
export const startTrade =
  (ports: TradePorts) =>
  async (
    { offerId, ...taking }: Taking & { offerId: OfferId },
    caller: Caller,
    { remember }: KeyedCall<TradeView>,
  ) =>
    retryOnConflict(`offer ${offerId}`, async () => {
      const { trades, offers, halts, paymentAccounts, detailsCipher, prices, clock, ids } = ports;
      const offer = await offers.get(offerId);
      if (!offer) return refusal('not_found');
      const takersAccount = await accountOfTaker(ports, taking, offer, caller);
      const wrong = wrongPaymentAccount(taking, offer, takersAccount);
      if (wrong) return wrong;
      const now = clock.now();
      const price = await priceNow(prices, offer, now);
      if (price === undefined) return refusal('price_unavailable');
      const made = { id: ids.next<TradeId>(), holdId: ids.next<TransferId>(), now };
      const decided = tradeFrom(taking, offer, price, caller.accountId, made);
      if (isRefusal(decided)) return decided;
      const account = takersAccount ?? (await accountOfOffer(paymentAccounts, offer, decided.method));
      const trade = withDetailsOf(detailsCipher, decided, account);
      const started = await showTrade(ports, trade, caller, { now });
      const remembered = remember(withoutDetails(started));
      const refused = await trades.start({
        trade: { ...trade, startKey: remembered.key },
        taken: offer,
        ...(account && { copied: account }),
        moves: [hold(holdOf(trade))],
        events: [tradeEvent('trade_started', trade, caller.accountId)],
        remembered,
        maxOpen: MAX_OPEN_TAKEN,
      });
      if (refused === 'changed_since') return refused;
      // The halt may be over already.
      if (refused === 'halted') return refusedByHalt(await halts.read(), 'takes') ?? 'changed_since';
      if (refused === 'maker_deleted') return refusal('offer_not_open', { state: 'closed' });
      return refused ? refusal(refused) : started;
    });

/** The fields of a started trade that are never stored with its key, as the caller sees them now. */
export const unstoredFields =
  (ports: TradePorts) =>
  async ({ tradeId }: { tradeId: TradeId }, caller: Caller): Promise<Pick<TradeView, 'paymentDetails'>> => {
    const trade = await getTrade(ports)({ tradeId }, caller, MEMBER);
    if (isRefusal(trade) || !trade.paymentDetails) return {};
    return { paymentDetails: trade.paymentDetails };
  };
