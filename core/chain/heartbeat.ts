import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { CoinSums } from './coin-sums.ts';

/** How node and wallet answered in the watcher's last round, for functions that may not ask them. */
export type Heartbeat = {
  /** When it was written. */
  at: Instant;
  node: 'ok' | 'down';
  wallet: 'ok' | 'down';
  /** When each last answered; absent until its first answer. */
  nodeSeenAt?: Instant;
  walletSeenAt?: Instant;
  /** Blocks in the chain. */
  height: number;
  /** The house's own address, which the sandbox mines to; absent until the wallet has answered once. */
  houseAddress?: string;
  /** The house wallet's balance at `walletSeenAt`, locked coins included. */
  walletPiconero?: Piconero;
  /** Sums of its largest coins at `walletSeenAt`; absent until the wallet has answered once. */
  coinSums?: CoinSums;
  /** Fee of a payout per byte of weight. */
  feePerBytePiconero: Piconero;
  /** Answer of wallet-rpc's `get_version`: 65536 x major + minor; absent until the wallet has answered once. */
  walletInterfaceVersion?: number;
};

export interface Heartbeats {
  read(): Promise<Heartbeat | undefined>;
  write(heartbeat: Heartbeat): Promise<void>;
}
