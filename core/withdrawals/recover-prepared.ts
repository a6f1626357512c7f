import type { MoneroNode } from '../chain/node.ts';
import type { WithdrawalId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../time.ts';
import { afterFate, fateOf } from './fate.ts';
import type { Withdrawals } from './ports.ts';

export type RecoverPorts = { withdrawals: Withdrawals; node: MoneroNode; clock: Clock; log: Log };

/**
 * Settles whether a stored payment went out: asks the node, and sends the same transaction again if it does not know
 * it. Only the holder of the payer's lease may call it.
 *
 * @returns whether nothing is in doubt any more, so that the next payment may be prepared
 * @throws NodeUnavailable
 */
export const recoverPrepared =
  (ports: RecoverPorts) =>
  async (id: WithdrawalId): Promise<boolean> => {
    const withdrawal = await ports.withdrawals.get(id);
    if (withdrawal?.state !== 'prepared') return true;
    const { height } = await ports.node.status();
    const fate = await fateOf(withdrawal, ports.node);
    const change = afterFate(withdrawal, fate, height, ports.clock.now());
    const { state } = change?.to ?? withdrawal;
    ports.log.info('payment in doubt', { withdrawalId: id, fate: fate.is, state });
    if (!change) return false;
    const refused = await ports.withdrawals.save(change);
    return !refused && state !== 'prepared';
  };
