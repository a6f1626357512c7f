import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { TradePorts } from './ports.ts';
import { roleOf } from './rules.ts';
import { showTrade } from './views.ts';

/** One trade, for its parties. Others get `not_found`. */
export const getTrade =
  ({ trades, people, clock }: TradePorts) =>
  async ({ tradeId }: { tradeId: TradeId }, caller: Caller) => {
    const trade = await trades.get(tradeId);
    return trade && roleOf(trade, caller.accountId)
      ? showTrade(people, trade, caller, clock.now())
      : refusal('not_found');
  };
