import type { Caller } from '../caller.ts';
import { asPiconero, formatXmr, MAX_PICONERO, type Piconero } from '../money/xmr.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { feeFor, feeWithin, mostPayable } from './coins.ts';
import { type Destination, destinationOf } from './destination.ts';
import { maximumFee } from './fee.ts';
import type { PricePorts } from './ports.ts';

/** The request of a payment: either `amountXmr`, the amount that arrives, or `max`, everything available. */
export type PaymentRequest = { address: string; amountXmr?: Piconero | undefined; max?: true | undefined };

export type Priced = Destination & { amountPiconero: Piconero; feePiconero: Piconero };

/**
 * The destination, amount and maximum fee of a payment. A payment to a member has no fee. On the chain the fee covers
 * as many inputs as the house's coins require, at the fee per byte that the watcher last saw. With `max` amount and fee
 * are estimates, because the unused part of the fee arrives as well.
 *
 * @returns refusals `invalid_address`, `wrong_network`, `own_address`, `amount_out_of_range` (names the smallest
 *   amount, or the most that one transaction can pay now), `insufficient_funds` (only with `max`, if nothing would
 *   arrive), and `dependency_unavailable` before the watcher has seen the node once
 */
export async function price(
  request: PaymentRequest,
  caller: Caller,
  ports: PricePorts,
): Promise<Priced | Refusal> {
  const { accountId } = caller;
  const destination = await destinationOf(request.address, accountId, ports);
  if (isRefusal(destination)) return destination;
  const available = async () => (await ports.ledger.balance(accountId)).availablePiconero;
  const priced = destination.payee
    ? { amountPiconero: request.amountXmr ?? (await available()), feePiconero: asPiconero(0n) }
    : await onChain(request, available, ports);
  if (isRefusal(priced)) return priced;
  if (priced.amountPiconero <= 0n) return refusal('insufficient_funds');
  if (priced.amountPiconero < ports.smallestPiconero) return tooSmall(ports.smallestPiconero);
  return { ...destination, ...priced };
}

async function onChain(
  { amountXmr, max }: PaymentRequest,
  readAvailable: () => Promise<Piconero>,
  { heartbeats }: PricePorts,
): Promise<Omit<Priced, 'payee'> | Refusal> {
  const heartbeat = await heartbeats.read();
  if (!heartbeat?.feePerBytePiconero) return refusal('dependency_unavailable');
  const { feePerBytePiconero: feePerByte, coinSums } = heartbeat;
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
  // The refusal reveals the maximum that the house can pay, so only members with a sufficient balance get it.
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
