import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { answerIn, type GivenFactor, type Proof } from '../step-up.ts';
import type { TradePorts } from './ports.ts';
import { advance, stateAt } from './rules.ts';
import { type PartyStep, STEPS } from './states.ts';
import { showTrade } from './views.ts';

/**
 * The use case of a step. It reads the trade, decides and writes, and repeats this if another step was faster. The
 * second factor (403) is checked after the caller's role, and before the state (409), so that a refused state leaves
 * the code unspent.
 *
 * If the process dies before the write, nothing happened, and the code is still valid. If it dies after it, the step is
 * done and the code is spent, and the same request again gets the trade without a code.
 */
export const takeStep =
  ({ trades, people, stepUp, clock }: TradePorts, step: PartyStep) =>
  async ({ tradeId, ...given }: { tradeId: TradeId } & GivenFactor, caller: Caller) =>
    retryOnConflict(`trade ${tradeId}`, async () => {
      const trade = await trades.get(tradeId);
      if (!trade) return refusal('not_found');
      const now = clock.now();
      const advanced = advance(trade, step, caller.accountId, now);
      if (advanced === 'done') return showTrade(people, trade, caller, now);
      if (isRefusal(advanced) && advanced.refused !== 'out_of_order') return advanced;
      const settle = async (proof?: Proof) => {
        if (isRefusal(advanced)) return advanced;
        const refused = await trades.save(advanced, proof);
        if (refused === 'changed_since') return refused;
        return refused ? refusal(refused) : showTrade(people, advanced.next, caller, now);
      };
      const needsCode = STEPS[step].secondFactorIn.includes(stateAt(trade, now));
      return needsCode ? stepUp(caller, answerIn(given), settle) : settle();
    });
