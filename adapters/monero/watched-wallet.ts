import type {
  IncomingTransfer,
  Subaddress,
  Unlock,
  WalletStatus,
  WatchedWallet,
} from '#core/chain/wallet.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant, SECOND_MS } from '#core/time.ts';
import { ACCOUNT, coinsToQuoteBy } from './coins.ts';
import { type WalletCalls, WalletRefused } from './wallet-rpc.ts';

/** The part of wallet-rpc that the watcher uses. */
export const watchedWallet = (calls: WalletCalls): WatchedWallet => ({
  status: () => status(calls),
  newSubaddresses: (count) => newSubaddresses(count, calls),
  hasSubaddress: (minor) => hasSubaddress(minor, calls),
  recreateSubaddresses: (count) => recreateSubaddresses(count, calls),
  incoming: (range) => incoming(range, calls),
  find: (txid) => find(txid, calls),
  async scan(txids) {
    await calls.ask('scan_tx', { txids });
  },
  unconfirmedPayments: () => unconfirmedPayments(calls),
});

type Account = { base_address: string; balance: number | string };

/** Uses `get_accounts`, because monero-ts answers `getPrimaryAddress` from its cache even while wallet-rpc hangs. */
async function status(calls: WalletCalls): Promise<WalletStatus> {
  await calls.ask('refresh');
  const { height } = await calls.ask<{ height: number }>('get_height');
  const { subaddress_accounts } = await calls.ask<{ subaddress_accounts: Account[] }>('get_accounts');
  const { base_address, balance } = subaddress_accounts[ACCOUNT]!;
  const { version } = await calls.ask<{ version: number }>('get_version');
  const balancePiconero = asPiconero(BigInt(balance));
  const coinsPiconero = await coinsToQuoteBy({ height, balancePiconero }, calls);
  return { primaryAddress: base_address, height, balancePiconero, coinsPiconero, interfaceVersion: version };
}

/** The most that wallet-rpc 0.18.0 makes in one call. Later releases make more. */
const SUBADDRESSES_AT_ONCE = 64;

async function newSubaddresses(count: number, calls: WalletCalls): Promise<Subaddress[]> {
  const made: Subaddress[] = [];
  while (made.length < count) {
    const asked = { account_index: ACCOUNT, count: Math.min(SUBADDRESSES_AT_ONCE, count - made.length) };
    const { addresses, address_indices } = await calls.ask<{
      addresses: string[];
      address_indices: number[];
    }>('create_address', asked);
    made.push(...addresses.map((address, at) => ({ address, major: ACCOUNT, minor: address_indices[at]! })));
  }
  // wallet-rpc otherwise writes its file only on a clean stop, and would forget these after a crash.
  await calls.ask('store');
  return made;
}

async function hasSubaddress(minor: number, calls: WalletCalls): Promise<boolean> {
  try {
    await calls.ask('get_address', { account_index: ACCOUNT, address_index: [minor] });
    return true;
  } catch (error) {
    if (error instanceof WalletRefused && error.code === INDEX_OUT_OF_BOUNDS) return false;
    throw error;
  }
}

/** WALLET_RPC_ERROR_CODE_ADDRESS_INDEX_OUT_OF_BOUNDS (monero: wallet_rpc_server_error_codes.h) */
const INDEX_OUT_OF_BOUNDS = -15;

async function recreateSubaddresses(count: number, calls: WalletCalls): Promise<void> {
  const { addresses } = await calls.ask<{ addresses: unknown[] }>('get_address', { account_index: ACCOUNT });
  if (addresses.length < count) await newSubaddresses(count - addresses.length, calls);
}

type Reported = {
  type: string;
  txid: string;
  address: string;
  /** A string if it has 16 digits or more, else a number. */
  amount: number | string;
  height: number;
  locked: boolean;
  unlock_time: number | string;
  double_spend_seen: boolean;
  subaddr_index: { major: number; minor: number };
};

async function incoming(
  { from, to }: { from: number; to?: number },
  calls: WalletCalls,
): Promise<IncomingTransfer[]> {
  const asked = {
    account_index: ACCOUNT,
    in: true,
    pool: to === undefined,
    // wallet-rpc excludes `min_height` and includes `max_height`.
    ...(from > 0 && { filter_by_height: true, min_height: from - 1 }),
    ...(to !== undefined && { filter_by_height: true, max_height: to - 1 }),
  };
  const { in: mined = [], pool = [] } = await calls.ask<{ in?: Reported[]; pool?: Reported[] }>(
    'get_transfers',
    asked,
  );
  return [...mined, ...pool].filter(isPayment).map(transferOf);
}

/** WALLET_RPC_ERROR_CODE_WRONG_TXID: the wallet knows no such transaction. */
const WRONG_TXID = -8;
/** Values of `type` for payments to this wallet. `block` is a coinbase output. */
const INCOMING = ['in', 'block', 'pool'];

async function find(txid: string, calls: WalletCalls): Promise<IncomingTransfer[]> {
  try {
    const asked = { txid, account_index: ACCOUNT };
    const { transfers } = await calls.ask<{ transfers: Reported[] }>('get_transfer_by_txid', asked);
    return transfers
      .filter(({ type }) => INCOMING.includes(type))
      .filter(isPayment)
      .map(transferOf);
  } catch (error) {
    if (error instanceof WalletRefused && error.code === WRONG_TXID) return [];
    throw error;
  }
}

/** Leaves out double spends, and the entries of amount 0 that 0.18.0 adds when `scan_tx` reads an output again. */
const isPayment = ({ double_spend_seen, amount }: Reported) => !double_spend_seen && BigInt(amount) > 0n;

const transferOf = (reported: Reported): IncomingTransfer => ({
  txid: reported.txid,
  address: reported.address,
  major: reported.subaddr_index.major,
  minor: reported.subaddr_index.minor,
  amountPiconero: asPiconero(BigInt(reported.amount)),
  ...(reported.type !== 'pool' && { minedHeight: reported.height }),
  locked: reported.locked,
  ...unlockOf(BigInt(reported.unlock_time)),
});

/**
 * From this value on `unlock_time` is epoch seconds, below it a number of blocks (monero: CRYPTONOTE_MAX_BLOCK_NUMBER).
 */
const FIRST_UNLOCK_SECONDS = 500_000_000n;
/** The end of the year 9999, because RFC 3339 has no later time. */
const LAST_SECONDS = 253_402_300_799n;

function unlockOf(unlockTime: bigint): Unlock {
  if (unlockTime === 0n) return {};
  if (unlockTime < FIRST_UNLOCK_SECONDS) return { unlockHeight: Number(unlockTime) };
  const seconds = unlockTime < LAST_SECONDS ? unlockTime : LAST_SECONDS;
  return { unlockAt: asInstant(Number(seconds) * SECOND_MS) };
}

async function unconfirmedPayments(calls: WalletCalls): Promise<string[]> {
  const asked = { account_index: ACCOUNT, pending: true, failed: true };
  const { pending = [], failed = [] } = await calls.ask<{ pending?: Reported[]; failed?: Reported[] }>(
    'get_transfers',
    asked,
  );
  return [...new Set([...pending, ...failed].map(({ txid }) => txid))];
}
