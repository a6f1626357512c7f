import type { Caller } from '../caller.ts';
import type { Addresses, Heartbeats } from '../deposits/ports.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Network } from '../monero/networks.ts';
import { asPiconero, formatXmr, MAX_PICONERO, type Piconero } from '../money/xmr.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { feeFor, feeWithin, mostPayable } from './coins.ts';
import { type Destination, destinationOf } from './destination.ts';
import { maximumFee } from './fee.ts';

export type QuotePorts = {
  network: Network;
  addresses: Pick<Addresses, 'ownerOf'>;
  heartbeats: Pick<Heartbeats, 'read'>;
  ledger: Pick<Ledger, 'balance'>;
  /** Less than this is refused, to whomever it goes. */
  smallestPiconero: Piconero;
};

/** How much: what is to arrive, or everything that is available. One of the two. */
export type Asked = { address: string; amountXmr?: Piconero | undefined; max?: true | undefined };

export type Priced = Destination & { amountPiconero: Piconero; feePiconero: Piconero };

/**
 * Where it goes, what arrives and what it costs at most: nothing inside the house, else the fee of as many inputs as the
 * house's coins make it need, at the price the watcher last saw. With `max` both are estimates: what the fee does not
 * use arrives as well.
 *
 * @returns refusals `invalid_address`, `wrong_network`, `own_address`, `amount_out_of_range` (with the least that is
 *   paid, or the most that one transaction can pay now), `insufficient_funds` (only with `max`, when nothing would arrive), and
 *   `dependency_unavailable` while the watcher has never seen the node
 */
export async function price(asked: Asked, caller: Caller, ports: QuotePorts): Promise<Priced | Refusal> {
  const { accountId } = caller;
  const destination = await destinationOf(asked.address, accountId, ports);
  if (isRefusal(destination)) return destination;
  const available = async () => (await ports.ledger.balance(accountId)).availablePiconero;
  const priced = destination.payee
    ? { amountPiconero: asked.amountXmr ?? (await available()), feePiconero: asPiconero(0n) }
    : await onChain(asked, available, ports);
  if (isRefusal(priced)) return priced;
  if (priced.amountPiconero <= 0n) return refusal('insufficient_funds');
  if (priced.amountPiconero < ports.smallestPiconero) return tooSmall(ports.smallestPiconero);
  return { ...destination, ...priced };
}

async function onChain(
  { amountXmr, max }: Asked,
  readAvailable: () => Promise<Piconero>,
  { heartbeats }: QuotePorts,
): Promise<Omit<Priced, 'payee'> | Refusal> {
  const beat = await heartbeats.read();
  if (!beat?.feePerBytePiconero) return refusal('dependency_unavailable');
  const { feePerBytePiconero: feePerByte, coinSums } = beat;
  const usualFee = maximumFee(feePerByte);
  if (max || amountXmr === undefined) {
    const available = await readAvailable();
    const fee = coinSums ? feeWithin(available, coinSums, feePerByte) : usualFee;
    if (fee === undefined) return outOfRange(mostPayable(coinSums!, feePerByte));
    return { amountPiconero: asPiconero(available - fee), feePiconero: fee };
  }
  const fee = coinSums ? feeFor(amountXmr, coinSums, feePerByte) : usualFee;
  if (amountXmr + (fee ?? usualFee) > MAX_PICONERO) return outOfRange(asPiconero(MAX_PICONERO - usualFee));
  if (fee !== undefined) return { amountPiconero: amountXmr, feePiconero: fee };
  // How much the house has is told to nobody who could not ask for as much.
  if (amountXmr + usualFee > (await readAvailable()))
    return { amountPiconero: amountXmr, feePiconero: usualFee };
  return outOfRange(mostPayable(coinSums!, feePerByte));
}

function tooSmall(least: Piconero): Refusal {
  const message = `must be at least ${formatXmr(least)}`;
  return refusal('amount_out_of_range', { detail: message, errors: [{ path: 'amountXmr', message }] });
}

function outOfRange(most: Piconero): Refusal {
  const message = `must be at most ${formatXmr(most)}`;
  const detail = `one transaction can pay ${formatXmr(most)} XMR at most now`;
  return refusal('amount_out_of_range', { detail, errors: [{ path: 'amountXmr', message }] });
}

/** What a withdrawal would cost at most. Nothing is held, nothing promised. */
export async function quoteWithdrawal(asked: Asked, caller: Caller, ports: QuotePorts) {
  const priced = await price(asked, caller, ports);
  if (isRefusal(priced)) return priced;
  const { amountPiconero, feePiconero, payee } = priced;
  return {
    amountXmr: amountPiconero,
    feeXmr: feePiconero,
    totalXmr: asPiconero(amountPiconero + feePiconero),
    internal: payee !== undefined,
  };
}
