import type { AccountId } from '../ids.ts';
import type { Ledger } from '../ledger/ports.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Offer } from './offers.ts';

/**
 * Refuses an offer to sell while the owner's balance is below zero, after the chain took a deposit back: nobody could
 * take it. Offers to buy stay possible, as they bring the balance up again.
 */
export async function refusedForDebt(
  { ownerId, side }: { ownerId: AccountId; side: Offer['side'] },
  ledger: Pick<Ledger, 'balance'>,
): Promise<Refusal | undefined> {
  if (side === 'buy') return undefined;
  const { availablePiconero } = await ledger.balance(ownerId);
  return availablePiconero < 0n
    ? refusal('insufficient_funds', { detail: 'the balance is below zero' })
    : undefined;
}
