import type { AccountId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Balance, Transfer } from './ledger.ts';

/**
 * A page of a statement, newest first. `more`: there are older lines. The store's index may lag behind the balance, so
 * the newest transfer may be missing.
 */
export type StatementPage = { items: { transfer: Transfer; position: string }[]; more: boolean };

export interface Ledger {
  balance(account: AccountId): Promise<Balance>;
  /** Transfers that the account paid or received before position `before`. Those held for it are not included. */
  statement(account: AccountId, before: string | undefined, limit: number): Promise<StatementPage>;
  /** Sum of all users' balances, available and held. It equals the negative sum of the house accounts. */
  owed(): Promise<Piconero>;
}
