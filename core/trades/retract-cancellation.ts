import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';
import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** A party takes its request to end the trade back. Without a request there is nothing to do. */
export const retractCancellation = (ports: TradePorts) => {
  const retract = takeStep(ports, () => ({ name: 'retractCancellation' }));
  return async (input: { tradeId: TradeId }, caller: Caller) => {
    const retracted = await retract(input, caller);
    return isRefusal(retracted) ? retracted : undefined;
  };
};
