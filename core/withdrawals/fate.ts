import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { MoneroNode } from '../chain/node.ts';
import type { Instant } from '../time.ts';
import { type Change, locate, markRival, requeue } from './transitions.ts';
import type { Broadcast, Prepared } from './withdrawals.ts';

/** The place of a payment that may have been relayed. `rival`: another transaction in a block has spent its coins. */
export type Fate = { is: 'nowhere' | 'pool' | 'rival' } | { is: 'block'; height: number };

/**
 * Asks the node, and sends the same bytes again if the node does not know the payment. The network accepts them once,
 * however often they are sent. The node sends them and not wallet-rpc, because wallet-rpc books a payment again at each
 * relay. A second booking of a mined payment makes the wallet's balance too high.
 */
export async function fateOf({ txid, prepared }: Prepared | Broadcast, node: MoneroNode): Promise<Fate> {
  const { keyImages, blob } = prepared;
  const found = await seen(txid, node);
  if (found) return found;
  if ((await node.spentBy(keyImages)) === 'block') {
    // Asked a second time, because the payment may have been mined between the two calls.
    return (await seen(txid, node)) ?? { is: 'rival' };
  }
  return { is: (await node.send(blob)) === 'accepted' ? 'pool' : 'nowhere' };
}

async function seen(txid: string, node: MoneroNode): Promise<Fate | undefined> {
  const status = await node.find(txid);
  if (status.in === 'block') return { is: 'block', height: status.height };
  return status.in === 'pool' ? { is: 'pool' } : undefined;
}

/**
 * The step of a `prepared` or `broadcast` withdrawal after its fate is known; `undefined` if nothing changes.
 *
 * Another payment may be built only if this one can never be mined, which is so once a rival has as many confirmations
 * as coins need to unlock.
 *
 * @param height number of blocks in the chain
 */
export function afterFate(
  w: Prepared | Broadcast,
  fate: Fate,
  height: number,
  now: Instant,
): Change | undefined {
  if (fate.is === 'rival') {
    if (w.rivalSince === undefined) return markRival(w, height);
    return height - w.rivalSince < CONFIRMATIONS_NEEDED ? undefined : requeue(w, now);
  }
  const hadRival = w.rivalSince !== undefined;
  if (w.state === 'prepared' && fate.is === 'nowhere') return hadRival ? markRival(w, undefined) : undefined;
  const minedHeight = fate.is === 'block' ? fate.height : undefined;
  const isKnown = w.state === 'broadcast' && w.minedHeight === minedHeight && !hadRival;
  return isKnown ? undefined : locate(w, minedHeight, now);
}
