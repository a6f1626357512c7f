import type { Caller } from '../caller.ts';
import type { KeyedCall } from '../idempotency.ts';
import type { OfferId, TradeId, TransferId } from '../ids.ts';
import { hold } from '../ledger/ledger.ts';
import { priceNow } from '../offers/prices.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { MAX_OPEN_TAKEN } from './limits.ts';
import type { TradePorts } from './ports.ts';
import { type Taking, tradeFrom } from './taking.ts';
import { holdOf, tradeEvent } from './trades.ts';
import { showTrade, type TradeView } from './views.ts';

/**
 * Takes an offer and holds the seller's XMR. The trade is decided again if the offer has changed.
 *
 * If the process dies before the write, nothing happened. If it dies after it, the same key gets the same answer.
 */
export const startTrade =
  ({ trades, offers, people, prices, clock, ids }: TradePorts) =>
  async (
    { offerId, ...taking }: Taking & { offerId: OfferId },
    caller: Caller,
    { remember }: KeyedCall<TradeView>,
  ) =>
    retryOnConflict(`offer ${offerId}`, async () => {
      const offer = await offers.get(offerId);
      if (!offer) return refusal('not_found');
      const now = clock.now();
      const price = await priceNow(prices, offer, now);
      if (price === undefined) return refusal('price_unavailable');
      const made = { id: ids.next<TradeId>(), holdId: ids.next<TransferId>(), now };
      const trade = tradeFrom(taking, offer, price, caller.accountId, made);
      if (isRefusal(trade)) return trade;
      const started = await showTrade(people, trade, caller, now);
      const remembered = remember(started);
      const refused = await trades.start({
        trade: { ...trade, startKey: remembered.key },
        taken: offer,
        moves: [hold(holdOf(trade))],
        events: [tradeEvent('trade_started', trade, caller.accountId)],
        remembered,
        maxOpen: MAX_OPEN_TAKEN,
      });
      if (refused === 'changed_since') return refused;
      if (refused === 'maker_deleted') return refusal('offer_not_open', { state: 'closed' });
      return refused ? refusal(refused) : started;
    });
