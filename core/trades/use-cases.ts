import type { Caller } from '../caller.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, Ids, OfferId, TradeId, TransferId } from '../ids.ts';
import { hold } from '../ledger/ledger.ts';
import type { Offers, Prices } from '../offers/ports.ts';
import { priceNow } from '../offers/prices.ts';
import type { PageRequest } from '../paging.ts';
import type { People } from '../people.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Proof, StepUp } from '../step-up.ts';
import type { Clock } from '../time.ts';
import { MAX_OPEN_TAKEN } from './limits.ts';
import type { Trades } from './ports.ts';
import { advance, needsStepUp, type PartyStep, roleOf, stateAt, storedAs } from './rules.ts';
import { startTrade, type Taking } from './start.ts';
import type { TradeState } from './states.ts';
import { holdOf, type Trade } from './trades.ts';
import { type TradeView, tradeView } from './views.ts';

export type TradePorts = {
  trades: Trades;
  offers: Pick<Offers, 'get'>;
  prices: Prices;
  people: People;
  stepUp: StepUp;
  clock: Clock;
  ids: Ids;
};

export function tradeUseCases({ trades, offers, prices, people, stepUp, clock, ids }: TradePorts) {
  const view = async (trade: Trade, caller: Caller): Promise<TradeView> =>
    tradeView(trade, caller.accountId, await people.getMany([trade.buyerId, trade.sellerId]), clock.now());

  /**
   * Reads the trade, decides and writes, and does so again if another step was faster. The second factor (403) is
   * checked after the caller's role, and before the state (409), so that a refused state leaves the code unspent.
   *
   * Dies before the write: nothing happened, and the code is still valid. Dies after it: the step is done, the code is
   * spent, and the same request again gets the trade without a code.
   */
  const take =
    (step: PartyStep) =>
    ({ tradeId, code }: { tradeId: TradeId; code?: string | undefined }, caller: Caller) =>
      retryOnConflict(`trade ${tradeId}`, async () => {
        const trade = await trades.get(tradeId);
        if (!trade) return refusal('not_found');
        const now = clock.now();
        const advanced = advance(trade, step, caller.accountId, now);
        if (advanced === 'done') return view(trade, caller);
        if (isRefusal(advanced) && advanced.refused !== 'out_of_order') return advanced;
        const settle = async (proof?: Proof) => {
          if (isRefusal(advanced)) return advanced;
          const refused = await trades.save(advanced.next, advanced.moves, proof);
          if (refused === 'changed_since') return refused;
          return refused ? refusal(refused) : view(advanced.next, caller);
        };
        const confirms = needsStepUp(step, stateAt(trade, now));
        return confirms ? stepUp(caller, code, settle) : settle();
      });

  return {
    startTrade: (
      { offerId, ...taking }: Taking & { offerId: OfferId },
      caller: Caller,
      remember: Remember<TradeView>,
    ) =>
      retryOnConflict(`offer ${offerId}`, async () => {
        const offer = await offers.get(offerId);
        if (!offer) return refusal('not_found');
        const now = clock.now();
        const price = await priceNow(prices, offer, now);
        if (price === undefined) return refusal('price_unavailable');
        const made = { id: ids.next<TradeId>(), holdId: ids.next<TransferId>(), now };
        const trade = startTrade(taking, offer, price, caller.accountId, made);
        if (isRefusal(trade)) return trade;
        const started = await view(trade, caller);
        const refused = await trades.start({
          trade,
          taken: offer,
          moves: [hold(holdOf(trade))],
          remembered: remember(started),
          maxOpen: MAX_OPEN_TAKEN,
        });
        if (refused === 'changed_since') return refused;
        return refused ? refusal(refused) : started;
      }),

    async getTrade({ tradeId }: { tradeId: TradeId }, caller: Caller) {
      const trade = await trades.get(tradeId);
      return trade && roleOf(trade, caller.accountId) ? view(trade, caller) : refusal('not_found');
    },

    async listMyTrades({ state, page }: { state?: TradeState; page: PageRequest }, caller: Caller) {
      const now = clock.now();
      const found = await trades.ofParty(caller.accountId, page, state && storedAs(state));
      const shown = found.items.filter((trade) => !state || stateAt(trade, now) === state);
      const parties = await people.getMany(
        shown.flatMap((trade): AccountId[] => [trade.buyerId, trade.sellerId]),
      );
      return { ...found, items: shown.map((trade) => tradeView(trade, caller.accountId, parties, now)) };
    },

    confirmPaymentSent: take('confirmPaymentSent'),
    confirmPaymentReceived: take('confirmPaymentReceived'),
    cancelTrade: take('cancelTrade'),
  };
}
