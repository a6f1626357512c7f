import type { AccountId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Balance, Transfer } from './ledger.ts';

/**
 * A stretch of a statement, newest first; `more`: it goes on behind the last `position`. A store's index may be a moment
 * behind the balance, so that the newest transfer is not there yet.
 */
export type StatementPage = { items: { transfer: Transfer; position: string }[]; more: boolean };

export interface Ledger {
  balance(account: AccountId): Promise<Balance>;
  /** What the account paid and was paid, before `before`. What is only held for the payee is not there yet. */
  statement(account: AccountId, before: string | undefined, limit: number): Promise<StatementPage>;
  /** What all users together are owed, available and held: what the house accounts together lack. */
  owed(): Promise<Piconero>;
}
