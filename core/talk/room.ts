import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Trade } from '../trades/trades.ts';
import type { TalkCall, TalkPorts } from './ports.ts';
import type { Speaker } from './states.ts';
import { speakerIn } from './who-may.ts';

/** The trade whose talk a caller asks for, and as whom he speaks there. Others get `not_found`. */
export async function roomOf(
  { trades, clock }: Pick<TalkPorts, 'trades' | 'clock'>,
  tradeId: TradeId,
  caller: Caller,
  { role }: TalkCall,
): Promise<{ trade: Trade; speaker: Speaker } | Refusal> {
  const trade = await trades.get(tradeId);
  const speaker = trade && speakerIn(trade, caller, role, clock.now());
  return speaker ? { trade, speaker } : refusal('not_found');
}
