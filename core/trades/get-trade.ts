import { includes, type Role } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { ReadingCall } from '../versions.ts';
import { momentOf } from './moment.ts';
import type { TradePorts } from './ports.ts';
import { roleOf, stateAt } from './rules.ts';
import { showTrade } from './views.ts';

type GetTradePorts = Pick<TradePorts, 'trades' | 'people' | 'detailsCipher' | 'clock'>;

/** One trade, for its parties, and for moderators once it has a dispute. Others get `not_found`. */
export const getTrade =
  (ports: GetTradePorts) =>
  async (
    { tradeId }: { tradeId: TradeId },
    caller: Caller,
    { role, endIfKnown }: { role: Role } & ReadingCall,
  ) => {
    const trade = await ports.trades.get(tradeId);
    const person = { accountId: caller.accountId, isModerator: includes(role, 'moderator') };
    if (!trade || !roleOf(trade, person)) return refusal('not_found');
    const moment = await momentOf(ports, [trade]);
    endIfKnown?.({ version: trade.version, state: stateAt(trade, moment) });
    return showTrade(ports, trade, caller, moment);
  };
