import type { Remembered } from '../idempotency.ts';
import type { AccountId } from '../ids.ts';
import type { Balance, Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';

/** What the faucet may still give. `leftPiconero` is below 0 while the house owes more than its wallet holds. */
export type FaucetStock = {
  leftPiconero: Piconero;
  /** Blocks in the chain when it was last counted; 0 before the first count. */
  height: number;
};

/** A draw and what it was decided on. */
export type Draw = {
  account: AccountId;
  /** The day (UTC) that it counts for, as `2026-11-28`. */
  day: string;
  dailyLimit: Piconero;
  move: Move;
  /** The account's balance that the remembered answer was made from. */
  seen: Balance;
  remembered: Remembered;
};

/** The house's play money. Draws at once share one stock, so that they never give more together than there is. */
export interface Faucet {
  stock(): Promise<FaucetStock>;
  /**
   * Changes the stock by `change`, counted at `height`; what was drawn meanwhile stays drawn. `changed_since` when
   * another watcher counted since `from` was read.
   */
  restock(counted: {
    from: FaucetStock;
    change: Piconero;
    height: number;
  }): Promise<'changed_since' | undefined>;
  /**
   * The transfer, the day's sum, the stock and the key's answer: all or nothing. `amount_out_of_range` when the
   * account would draw more than `dailyLimit` that day, `empty` when the stock is smaller, `changed_since` when the
   * balance is no longer the one that was seen.
   */
  draw(
    draw: Draw,
  ): Promise<'amount_out_of_range' | 'empty' | 'changed_since' | 'idempotency_key_reused' | undefined>;
}

/** Mines blocks at once, for `address`. Only a private chain does that. */
export interface Miner {
  mine(count: number, address: string): Promise<{ height: number }>;
}
