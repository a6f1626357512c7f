import type { Caller } from '../caller.ts';
import type { Addresses, Heartbeats } from '../deposits/ports.ts';
import type { Network } from '../monero/networks.ts';
import { asPiconero, MAX_PICONERO, type Piconero } from '../money/xmr.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { type Destination, destinationOf } from './destination.ts';
import { maximumFee } from './fee.ts';

export type QuotePorts = {
  network: Network;
  addresses: Pick<Addresses, 'ownerOf'>;
  heartbeats: Pick<Heartbeats, 'read'>;
};

export type Asked = { address: string; amountXmr: Piconero };

/**
 * Where it goes and what it costs at most: nothing inside the house, else the fee of the largest payout at the price
 * the watcher last saw.
 *
 * @returns refusals `invalid_address`, `wrong_network`, `own_address`, `amount_out_of_range`, and
 *   `dependency_unavailable` while the watcher has never seen the node
 */
export async function price(
  { address, amountXmr }: Asked,
  { accountId }: Caller,
  ports: QuotePorts,
): Promise<(Destination & { feePiconero: Piconero }) | Refusal> {
  const destination = await destinationOf(address, accountId, ports);
  if (isRefusal(destination)) return destination;
  if (destination.payee) return { ...destination, feePiconero: asPiconero(0n) };
  const beat = await ports.heartbeats.read();
  if (!beat?.feePerBytePiconero) return refusal('dependency_unavailable');
  const feePiconero = maximumFee(beat.feePerBytePiconero);
  if (amountXmr + feePiconero > MAX_PICONERO) return refusal('amount_out_of_range');
  return { feePiconero };
}

/** What a withdrawal would cost at most. Nothing is held, nothing promised. */
export async function quoteWithdrawal(asked: Asked, caller: Caller, ports: QuotePorts) {
  const priced = await price(asked, caller, ports);
  if (isRefusal(priced)) return priced;
  return {
    amountXmr: asked.amountXmr,
    feeXmr: priced.feePiconero,
    totalXmr: asPiconero(asked.amountXmr + priced.feePiconero),
    internal: priced.payee !== undefined,
  };
}
