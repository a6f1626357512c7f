import type { Network } from '../chain/networks.ts';
import type { AccountId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { WalletPorts } from './ports.ts';

/** The balance of an account, and its address for deposits. */
export type WalletView = {
  network: Network;
  availableXmr: Piconero;
  heldXmr: Piconero;
  pendingDepositsXmr: Piconero;
  /** Assigned if the account has none. Absent while no address is free. */
  depositAddress?: string;
};

/** The wallet of an account now. */
export async function showWallet(
  { ledger, deposits, addresses, network }: WalletPorts,
  accountId: AccountId,
): Promise<WalletView> {
  const [balance, pending, depositAddress] = await Promise.all([
    ledger.balance(accountId),
    deposits.pending(accountId),
    addresses.currentOrFirst(accountId),
  ]);
  return {
    network,
    availableXmr: balance.availablePiconero,
    heldXmr: balance.heldPiconero,
    pendingDepositsXmr: pending,
    ...(depositAddress && { depositAddress }),
  };
}
