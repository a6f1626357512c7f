import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { isRefusal, type RefusalCode, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { answerIn, type GivenFactor, type Proof } from '../step-up.ts';
import { momentOf } from './moment.ts';
import type { TradePorts, Trades } from './ports.ts';
import { advance, roleOf, stateAt, type Taken } from './rules.ts';
import { asksSecondFactor } from './states.ts';
import { showTrade } from './views.ts';

/** Refusals that a caller without the second factor does not get to see. */
const AFTER_FACTOR: readonly RefusalCode[] = ['amount_out_of_range', 'out_of_order'];

export type StepPorts = Pick<TradePorts, 'people' | 'detailsCipher' | 'stepUp' | 'clock'> & {
  trades: Pick<Trades, 'get' | 'save' | 'timer'>;
};

type Request = {
  tradeId: TradeId;
  taken: Taken;
  given: GivenFactor;
  /** Whether the caller has the rights of a moderator. */
  isModerator: boolean;
};

/**
 * Carries out a person's step. It reads the trade, decides and writes, and repeats this if another step was faster. The
 * second factor (403) is checked after the caller's role, and before the state (409), so that a refused state leaves
 * the code unspent.
 *
 * If the process dies before the write, nothing happened, and the code is still valid. If it dies after it, the step is
 * done and the code is spent, and the same request again gets the trade without a code.
 */
export function carryOutStep(
  ports: StepPorts,
  { tradeId, taken, given, isModerator }: Request,
  caller: Caller,
) {
  const { trades, stepUp } = ports;
  const person = { accountId: caller.accountId, isModerator };
  return retryOnConflict(`trade ${tradeId}`, async () => {
    const trade = await trades.get(tradeId);
    if (!trade) return refusal('not_found');
    const moment = await momentOf(ports, [trade]);
    const advanced = advance(trade, taken, person, moment);
    if (advanced === 'done') return showTrade(ports, trade, caller, moment);
    if (isRefusal(advanced) && !AFTER_FACTOR.includes(advanced.refused)) return advanced;
    const settle = async (proof?: Proof) => {
      if (isRefusal(advanced)) return advanced;
      const refused = await trades.save(advanced, proof);
      if (refused === 'changed_since') return refused;
      return refused ? refusal(refused) : showTrade(ports, advanced.next, caller, moment);
    };
    const role = roleOf(trade, person);
    const needsFactor = role && asksSecondFactor(taken.name, role, stateAt(trade, moment));
    return needsFactor ? stepUp(caller, answerIn(given), settle) : settle();
  });
}

/** The use case of a party's step. */
export const takeStep =
  <Input>(ports: TradePorts, takenIn: (input: Input) => Taken) =>
  async (input: { tradeId: TradeId } & GivenFactor & Input, caller: Caller) =>
    carryOutStep(
      ports,
      { tradeId: input.tradeId, taken: takenIn(input), given: input, isModerator: false },
      caller,
    );
