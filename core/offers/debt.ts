import type { AccountId } from '../ids.ts';
import type { Ledger } from '../ledger/ports.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Offer } from './offers.ts';

/**
 * Refuses an offer to sell while the owner's balance is below zero, because nobody could take it. A balance is below
 * zero after a deposit was reversed. Offers to buy stay possible, because they raise the balance.
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
