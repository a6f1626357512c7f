import type { Balance } from '../ledger/ledger.ts';
import { type Refusal, refusal } from '../refusal.ts';

/** Whether a balance is below zero, as after the reversal of a deposit. */
export const isInDebt = ({ availablePiconero }: Balance): boolean => availablePiconero < 0n;

/**
 * Refuses an offer to sell while the owner's balance is below zero, because nobody could take it. Offers to buy stay
 * possible, because they raise the balance.
 *
 * @param seen the balance of the owner of an offer to sell; `undefined` for one to buy
 */
export const refusedForDebt = (seen: Balance | undefined): Refusal | undefined =>
  seen && isInDebt(seen) ? refusal('insufficient_funds', { detail: 'the balance is below zero' }) : undefined;
