import type { WatchedWallet } from '#core/chain/wallet.ts';
import type { HouseWallet, NotPrepared, PaymentOrder } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { ACCOUNT } from './coins.ts';
import { preparePayment } from './payments.ts';
import { connectWallet, type WalletCalls, type WalletLogin, WalletRefused } from './wallet-rpc.ts';
import { watchedWallet } from './watched-wallet.ts';

/** A code of wallet-rpc (monero: wallet_rpc_server_error_codes.h). */
const WRONG_ADDRESS = -2;

/**
 * The house wallet in monero-wallet-rpc, for the payer and the watcher.
 *
 * @param timeoutMs upper bound of one call, which then throws `WalletUnavailable`
 */
export function houseWallet(login: WalletLogin, timeoutMs?: number): HouseWallet & WatchedWallet {
  const calls = connectWallet(login, timeoutMs);
  return {
    ...watchedWallet(calls),
    // Asked directly, because monero-ts' method answers from its cache, even while wallet-rpc hangs.
    async primaryAddress() {
      const params = { account_index: ACCOUNT, address_index: [0] };
      return (await calls.ask<{ address: string }>('get_address', params)).address;
    },
    prepare: (to) => prepare(to, calls),
    async relay({ metadata }) {
      await calls.with((wallet) => wallet.relayTxs([metadata]));
    },
  };
}

async function prepare(order: PaymentOrder, calls: WalletCalls): Promise<SignedPayment | NotPrepared> {
  // Without it the wallet looks for new blocks only every 20 seconds.
  await calls.ask('refresh');
  if (await hasSpendKeyOf(order.address, calls)) return 'address_refused';
  try {
    return await preparePayment(order, calls);
  } catch (error) {
    if (error instanceof WalletRefused && error.code === WRONG_ADDRESS) return 'address_refused';
    throw error;
  }
}

/**
 * Whether an address has a spend key of this wallet. wallet-rpc crashes when it is asked to pay to such an address with
 * another view key, and would crash again at each try, so that nobody else could be paid.
 */
async function hasSpendKeyOf(address: string, calls: WalletCalls): Promise<boolean> {
  try {
    await calls.ask('get_address_index', { address });
    return true;
  } catch (error) {
    if (error instanceof WalletRefused) return false;
    throw error;
  }
}
