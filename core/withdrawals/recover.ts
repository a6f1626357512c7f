import type { MoneroNode } from '../chain/node.ts';
import type { WithdrawalId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../time.ts';
import { afterFate, fateOf } from './fate.ts';
import type { Withdrawals } from './ports.ts';

export type RecoverPorts = { withdrawals: Withdrawals; node: MoneroNode; clock: Clock; log: Log };

/**
 * Ends the doubt about a payment that was persisted: did it go out? Asks the node, sends the same again if not.
 * Only for the holder of the payer's lease.
 *
 * @returns whether nothing is in doubt any more, so that the next payment may be prepared
 * @throws NodeUnavailable
 */
export async function recoverPrepared(id: WithdrawalId, ports: RecoverPorts): Promise<boolean> {
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
}
