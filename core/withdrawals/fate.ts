import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { MoneroNode } from '../chain/node.ts';
import { asPiconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Withdrawal } from './withdrawals.ts';

/** Where a payment is that may have gone out. `rival`: another transaction in a block has spent its coins. */
export type Fate = { is: 'nowhere' | 'pool' | 'rival' } | { is: 'block'; height: number };

/**
 * Asks the node, and sends the same bytes again if the node does not know the payment. The network takes them once,
 * however often they are sent. They go through the node, because wallet-rpc books a transaction again at each relay,
 * which leaves a phantom balance if it was mined meanwhile.
 */
export async function fateOf({ txid, prepared }: Withdrawal, node: MoneroNode): Promise<Fate> {
  const { keyImages, blob } = prepared!;
  const found = await seen(txid!, node);
  if (found) return found;
  if ((await node.spentBy(keyImages)) === 'block') {
    // Asked again, because it may have been mined between the two questions.
    return (await seen(txid!, node)) ?? { is: 'rival' };
  }
  return { is: (await node.send(blob)) === 'accepted' ? 'pool' : 'nowhere' };
}

async function seen(txid: string, node: MoneroNode): Promise<Fate | undefined> {
  const status = await node.find(txid);
  if (status.in === 'block') return { is: 'block', height: status.height };
  return status.in === 'pool' ? { is: 'pool' } : undefined;
}

/**
 * A `prepared` or `broadcast` withdrawal after its fate is known; the same object if nothing changes.
 *
 * Another payment may be built only if this one can never be mined, which is so once a rival has as many confirmations
 * as coins need to unlock.
 *
 * @param height number of blocks in the chain
 */
export function after(w: Withdrawal, fate: Fate, height: number, now: Instant): Withdrawal {
  const changed = (changes: Partial<Withdrawal>): Withdrawal => ({
    ...w,
    ...changes,
    ...(changes.state && changes.state !== w.state && { changedAt: now }),
    version: w.version + 1,
  });
  if (fate.is === 'rival') {
    if (w.rivalSince === undefined) return changed({ rivalSince: height });
    return height - w.rivalSince < CONFIRMATIONS_NEEDED ? w : changed(queuedAgain(w));
  }
  const minedHeight = fate.is === 'block' ? fate.height : undefined;
  const state = fate.is === 'nowhere' ? w.state : 'broadcast';
  const same = w.state === state && w.minedHeight === minedHeight && w.rivalSince === undefined;
  return same ? w : changed({ state, minedHeight, rivalSince: undefined });
}

const queuedAgain = (w: Withdrawal): Partial<Withdrawal> => ({
  state: 'queued',
  txid: undefined,
  prepared: undefined,
  minedHeight: undefined,
  rivalSince: undefined,
  feePiconero: w.feeHeldPiconero,
  ...(w.max && { amountPiconero: asPiconero(w.amountPiconero + w.feePiconero - w.feeHeldPiconero) }),
});
