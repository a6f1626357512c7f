import moneroTs, { type MoneroTxWallet } from 'monero-ts';
import type { WatchedWallet } from '#core/deposits/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { HouseWallet } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { connectWallet, type WalletCalls, type WalletLogin, WalletRefused } from './wallet-rpc.ts';
import { ACCOUNT, watchedWallet } from './watched-wallet.ts';

/** The lowest, which the node's first fee estimate is for (see node.ts); blocks have room for it. */
const PRIORITY = moneroTs.MoneroTxPriority.UNIMPORTANT;

/**
 * wallet-rpc's refusals that another day can bring round (monero: wallet_rpc_server_error_codes.h): not possible, not
 * enough money, too large, too few decoys, not enough unlocked.
 */
const NOT_NOW = [-16, -17, -18, -19, -37];
const WRONG_ADDRESS = -2;

/**
 * The house wallet in monero-wallet-rpc, for the payer and the watcher.
 *
 * @param timeoutMs upper bound of one call; every call is `WalletUnavailable` after it
 */
export function houseWallet(login: WalletLogin, timeoutMs?: number): HouseWallet & WatchedWallet {
  const calls = connectWallet(login, timeoutMs);
  return {
    ...watchedWallet(calls),
    // Asked each time: monero-ts' own method answers from its memory, also while wallet-rpc hangs.
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

async function prepare(to: Parameters<HouseWallet['prepare']>[0], calls: WalletCalls) {
  // The wallet looks for blocks only every 20 seconds by itself.
  await calls.ask('refresh');
  if (await hasSpendKeyOf(to.address, calls)) return 'address_refused';
  try {
    // `canSplit: false` is wallet-rpc's `transfer`: one transaction or none.
    const transaction = await calls.with((wallet) =>
      wallet.createTx({
        accountIndex: ACCOUNT,
        address: to.address,
        amount: to.amountPiconero,
        priority: PRIORITY,
        canSplit: false,
        relay: false,
      }),
    );
    return paymentOf(transaction);
  } catch (error) {
    if (error instanceof WalletRefused && NOT_NOW.includes(error.code)) return 'not_payable_now';
    // monero-ts says it in a sentence of its own, wallet-rpc by a code.
    const refused = (error as Error).message === 'Invalid destination address';
    if (refused || (error instanceof WalletRefused && error.code === WRONG_ADDRESS)) return 'address_refused';
    throw error;
  }
}

/**
 * Whether an address is made with a spend key of this wallet. wallet-rpc aborts when it is asked to pay to one whose
 * view key is not the one that belongs to it, at each new try: nobody else would be paid any more.
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

function paymentOf(transaction: MoneroTxWallet): SignedPayment {
  const payment = {
    txid: transaction.getHash(),
    feePiconero: asPiconero(transaction.getFee()),
    metadata: transaction.getMetadata(),
    blob: transaction.getFullHex() ?? '',
    keyImages: (transaction.getInputs() ?? []).map((input) => input.getKeyImage().getHex()),
  };
  // Without any of these it could not be sent again, nor be known for lost.
  if (!payment.txid || !payment.metadata || !payment.blob || !payment.keyImages.length)
    throw new Error('wallet-rpc left out a part of the transaction it prepared');
  return payment;
}
