import type { Role } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { auditEntry } from '../moderation/audit-log.ts';
import type { Piconero } from '../money/xmr.ts';
import { personIn } from '../people.ts';
import type { GivenFactor } from '../step-up.ts';
import { carryOutStep } from '../trades/take-step.ts';
import type { DisputePorts } from './ports.ts';

type Input = { tradeId: TradeId; buyerXmr: Piconero; note: string } & GivenFactor;

/**
 * An arbitrator who is no party decides on the held XMR: the buyer gets `buyerXmr` of it, and the seller the rest. The
 * contract lets only moderators and admins call it.
 *
 * One transaction writes the trade, the settled hold, both balances, the counters, the spent second factor, the entry
 * of the audit log, and the event.
 * If the process dies before it, nothing happened, the XMR is still held, and the code is still valid.
 * If the process dies after it, everything is done. The same request again gets the trade, and the schedule delivers
 * the event, which queues the notices.
 */
export const resolveDispute =
  (ports: DisputePorts) =>
  async (input: Input, caller: Caller, { role }: { role: Role }) => {
    const { disputes, trades, people, ids } = ports;
    const { tradeId, buyerXmr: buyerPiconero, note } = input;
    const { accountId } = caller;
    const resolving: Pick<typeof trades, 'get' | 'save' | 'timer'> = {
      get: trades.get,
      timer: trades.timer,
      async save(advanced, proof) {
        const { username } = personIn(await people.getMany([accountId]), accountId);
        const by = { role, accountId, username };
        const at = advanced.next.changedAt;
        const decision = { reason: note, tradeId, buyerPiconero };
        return disputes.resolve(advanced, auditEntry(ids, { by, act: 'resolve', at }, decision), proof);
      },
    };
    return carryOutStep(
      { ...ports, trades: resolving },
      {
        tradeId,
        taken: { name: 'resolveDispute', buyerPiconero, note },
        given: input,
        isModerator: true,
      },
      caller,
    );
  };
