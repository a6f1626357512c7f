import type { Remembered } from '../idempotency.ts';
import type { AccountId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Balance, Move, Transfer } from './ledger.ts';

/**
 * A stretch of a statement, newest first; `more`: it goes on behind the last `position`. A store's index may be a moment
 * behind the balance, so that the newest transfer is not there yet.
 */
export type StatementPage = { items: { transfer: Transfer; position: string }[]; more: boolean };

export interface Ledger {
  balance(account: AccountId): Promise<Balance>;
  /** What the account paid and was paid, before `before`. What is only held for the payee is not there yet. */
  statement(account: AccountId, before: string | undefined, limit: number): Promise<StatementPage>;
  /**
   * A draw from the faucet: the transfer, the day's count and the key's answer, all or nothing.
   * `amount_out_of_range` when the account would draw more than `dailyLimit` on `day`.
   */
  draw(draw: {
    account: AccountId;
    day: string;
    dailyLimit: Piconero;
    move: Move;
    remembered: Remembered;
  }): Promise<'amount_out_of_range' | 'idempotency_key_reused' | undefined>;
}
