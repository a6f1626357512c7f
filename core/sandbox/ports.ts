import type { Heartbeats } from '../chain/heartbeat.ts';
import type { TransferEvent } from '../events/events.ts';
import type { Remembered } from '../idempotency.ts';
import type { AccountId, Ids } from '../ids.ts';
import type { Balance, Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Clock } from '../time.ts';
import type { WalletPorts } from '../wallet/ports.ts';

/** The faucet's stock. `leftPiconero` is below 0 while the house owes more than its wallet holds. */
export type FaucetStock = {
  leftPiconero: Piconero;
  /** Number of blocks in the chain at the last count; 0 before the first one. */
  height: number;
};

/** A draw, with the state that it was decided on. */
export type Draw = {
  account: AccountId;
  /** The day (UTC) whose limit it counts towards, as `2026-11-28`. */
  day: string;
  dailyLimit: Piconero;
  move: Move;
  event: TransferEvent;
  /** The account's balance before the draw. The remembered answer is computed from it. */
  seen: Balance;
  remembered: Remembered;
};

/** The house's play money. All draws share one stock, so that draws at once never exceed it together. */
export interface Faucet {
  stock(): Promise<FaucetStock>;
  /**
   * Adds `change` to the stock, counted at `height`. Draws made after `from` was read stay subtracted. `changed_since`
   * if another watcher has counted after that.
   */
  restock(counted: {
    from: FaucetStock;
    change: Piconero;
    height: number;
  }): Promise<'changed_since' | undefined>;
  /**
   * Writes the transfer, its event, the day's sum, the stock and the idempotency row, all or nothing. `amount_out_of_range` if the
   * account would exceed `dailyLimit` that day, `empty` if the stock is too small, `changed_since` if the balance is no
   * longer `seen`.
   */
  draw(
    draw: Draw,
  ): Promise<'amount_out_of_range' | 'empty' | 'changed_since' | 'idempotency_key_reused' | undefined>;
}

/** Mines blocks for `address` immediately, which only a private chain can do. */
export interface Miner {
  mine(count: number, address: string): Promise<{ height: number }>;
}

/** The ports of the use cases of the sandbox, which exists on the network regtest only. */
export type SandboxPorts = WalletPorts & {
  faucet: Pick<Faucet, 'draw'>;
  miner: Miner;
  heartbeats: Pick<Heartbeats, 'read'>;
  clock: Clock;
  ids: Ids;
};
