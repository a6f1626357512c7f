import { asPiconero, type Piconero } from '../money/xmr.ts';
import { isHouse, type LedgerAccount, type Move, movedPiconero } from './ledger.ts';

/**
 * The change of one account in a transaction. House accounts only have an `available` balance. `isWhole`: the change
 * takes exactly the available balance.
 */
export type BalanceChange = {
  account: LedgerAccount;
  available: Piconero;
  held: Piconero;
  isWhole?: true;
};

/**
 * The change of every account that `moves` touch, each account once (a DynamoDB transaction cannot name an item
 * twice). The sum over all of them, available and held together, is always 0.
 */
export function balanceChanges(moves: readonly Move[]): BalanceChange[] {
  const changes = new Map<LedgerAccount, BalanceChange>();
  const add = (account: LedgerAccount, available: bigint, held: bigint) => {
    const before = changes.get(account) ?? { account, available: asPiconero(0n), held: asPiconero(0n) };
    // House accounts have no held part, because they have no owner who could spend it twice.
    const kept = isHouse(account) ? { available: available + held, held: 0n } : { available, held };
    changes.set(account, {
      ...before,
      available: asPiconero(before.available + kept.available),
      held: asPiconero(before.held + kept.held),
    });
  };
  for (const move of moves) {
    const { debit, credit, amountPiconero: held } = move.transfer;
    const moved = movedPiconero(move.transfer);
    if (move.step === 'hold') add(debit, -held, held);
    if (move.step === 'transfer') add(debit, -moved, 0n);
    if (move.step === 'post') add(debit, held - moved, -held);
    if (move.step === 'void') add(debit, held, -held);
    if (move.step === 'transfer' || move.step === 'post') add(credit, moved, 0n);
    if ('wholeBalance' in move) changes.set(debit, { ...changes.get(debit)!, isWhole: true });
  }
  return [...changes.values()];
}
