import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import { momentOf } from './moment.ts';
import type { TradePorts } from './ports.ts';
import { stateAt, storedAs } from './rules.ts';
import type { TradeState } from './states.ts';
import { showTrades } from './views.ts';

/** The caller's trades, on either side, newest first. With `state` only those in this effective state. */
export const listMyTrades =
  (ports: TradePorts) =>
  async ({ state, page }: { state?: TradeState; page: PageRequest }, caller: Caller) => {
    const found = await ports.trades.ofParty(caller.accountId, page, state && storedAs(state));
    const moment = await momentOf(ports, found.items);
    const wanted = found.items.filter((trade) => !state || stateAt(trade, moment) === state);
    return { ...found, items: await showTrades(ports, wanted, caller, moment) };
  };
