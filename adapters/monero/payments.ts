import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import { choiceOf } from '#core/withdrawals/coins.ts';
import type { NotPrepared, PaymentOrder } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { ACCOUNT, type Coin, coinsOf } from './coins.ts';
import { type WalletCalls, WalletRefused } from './wallet-rpc.ts';

/** The lowest priority, for which node.ts takes the fee estimate. Blocks have room for it. */
const PRIORITY = 1;

/**
 * Errors of wallet-rpc that another choice of coins may avoid (monero: wallet_rpc_server_error_codes.h): not possible,
 * not enough money, too large, too few decoys, not enough unlocked.
 */
const NOT_NOW = [-16, -17, -18, -19, -37];

/** Upper bound of signing: 145 inputs take 5 s on two idle cores and 14 s on two busy ones. */
const SIGNING_TIMEOUT_MS = 40_000;

/** The wallet attribute that names the coins frozen here, so that the next payment thaws them after a crash. */
const FROZEN = 'pupero.frozen';

/**
 * Signs a payment without relaying it. If many coins are needed it freezes all others meanwhile, because `transfer`
 * takes no list of coins and chooses them at random (monero: wallet2.cpp, pop_best_value).
 *
 * If the process dies while coins are frozen, the wallet's attribute names them, and the next payment thaws them first.
 *
 * @throws WalletUnavailable, WalletRefused
 */
export async function preparePayment(
  order: PaymentOrder,
  calls: WalletCalls,
): Promise<SignedPayment | NotPrepared> {
  await thawLeftovers(calls);
  const coins = await coinsOf(calls);
  const unlocked = coins.filter(({ isUnlocked }) => isUnlocked);
  const choice = choiceOf(order, { unlocked, locked: coins.filter(({ isUnlocked }) => !isUnlocked) });
  if (typeof choice === 'string') return choice;
  const own = choice.isWalletFree ? await signed(order, calls) : undefined;
  if (own) return own;
  const { fewest } = choice;
  const minors = [...new Set(fewest.map(({ minor }) => minor))];
  const others = unlocked.filter((coin) => minors.includes(coin.minor) && !fewest.includes(coin));
  const payment = await withoutCoins(others, calls, () => signed(order, calls, minors));
  return payment ?? (choice.isBetterLater ? 'not_payable_now' : 'fee_above_maximum');
}

/** The signed payment; `undefined` if these coins cannot pay it, or only for a higher fee than the order allows. */
async function signed(
  order: PaymentOrder,
  calls: WalletCalls,
  minors?: readonly number[],
): Promise<SignedPayment | undefined> {
  try {
    const payment = order.feeIncluded
      ? await transferWithin(order, calls, minors)
      : await transfer({ address: order.address, amountPiconero: order.amountPiconero, minors }, calls);
    return payment && payment.feePiconero <= order.maximumFeePiconero ? payment : undefined;
  } catch (error) {
    if (error instanceof WalletRefused && NOT_NOW.includes(error.code)) return undefined;
    throw error;
  }
}

/** Upper bound of tries to find the fee with a wallet that ignores `subtract_fee_from_outputs`. */
const ATTEMPTS = 6;

/**
 * Pays `order.amountPiconero` less the fee. wallet-rpc 0.18.3 and later subtract the fee from the amount. Earlier ones
 * ignore `subtract_fee_from_outputs`, so the fee of one try is the guess for the next. The second or third guess is
 * right, because the fee depends only on the number of inputs. If none is right, a transaction with a lower total is
 * used.
 */
async function transferWithin(
  { address, amountPiconero: total, maximumFeePiconero }: PaymentOrder,
  calls: WalletCalls,
  minors: readonly number[] | undefined,
): Promise<SignedPayment | undefined> {
  const exact = await transfer({ address, amountPiconero: total, minors, feeFromAmount: true }, calls).catch(
    (error) => {
      // The coins may be too few, because an earlier wallet adds the fee to the amount.
      if (error instanceof WalletRefused && NOT_NOW.includes(error.code)) return undefined;
      throw error;
    },
  );
  if (exact && exact.amountPiconero + exact.feePiconero === total) return exact;
  let guess = exact?.feePiconero ?? maximumFeePiconero;
  let cheaper: SignedPayment | undefined;
  for (let attempt = 0; attempt < ATTEMPTS && guess < total; attempt += 1) {
    const payment = await transfer({ address, amountPiconero: asPiconero(total - guess), minors }, calls);
    if (payment.feePiconero === guess) return payment;
    if (payment.feePiconero < guess) cheaper = payment;
    guess = payment.feePiconero;
  }
  return cheaper;
}

type Transfer = {
  address: string;
  amountPiconero: Piconero;
  /** Subaddresses whose coins may be spent; all by default. */
  minors?: readonly number[] | undefined;
  feeFromAmount?: boolean;
};

type Prepared = {
  tx_hash: string;
  amount: number | string;
  fee: number | string;
  tx_metadata: string;
  tx_blob: string;
  spent_key_images?: { key_images: string[] };
};

/** wallet-rpc's `transfer`: one signed transaction, not relayed. */
async function transfer(
  { address, amountPiconero, minors, feeFromAmount }: Transfer,
  calls: WalletCalls,
): Promise<SignedPayment> {
  const params = {
    account_index: ACCOUNT,
    destinations: [{ address, amount: amountPiconero }],
    priority: PRIORITY,
    do_not_relay: true,
    get_tx_metadata: true,
    get_tx_hex: true,
    ...(minors && { subaddr_indices: minors }),
    ...(feeFromAmount && { subtract_fee_from_outputs: [0] }),
  };
  const answer = await calls.ask<Prepared>('transfer', params, SIGNING_TIMEOUT_MS);
  const payment = {
    txid: answer.tx_hash,
    amountPiconero: asPiconero(BigInt(answer.amount)),
    feePiconero: asPiconero(BigInt(answer.fee)),
    metadata: answer.tx_metadata,
    blob: answer.tx_blob,
    keyImages: answer.spent_key_images?.key_images ?? [],
  };
  // Each part is needed later: to send the transaction again, or to learn that it can no longer be mined.
  if (!payment.txid || !payment.metadata || !payment.blob || !payment.keyImages.length)
    throw new Error('wallet-rpc left out a part of the transaction it prepared');
  return payment;
}

async function withoutCoins<T>(
  coins: readonly Coin[],
  calls: WalletCalls,
  act: () => Promise<T>,
): Promise<T> {
  if (!coins.length) return act();
  const keyImages = coins.map(({ keyImage }) => keyImage);
  await calls.ask('set_attribute', { key: FROZEN, value: keyImages.join(' ') });
  try {
    for (const key_image of keyImages) await calls.ask('freeze', { key_image });
    return await act();
  } finally {
    await thaw(keyImages, calls);
  }
}

async function thaw(keyImages: readonly string[], calls: WalletCalls): Promise<void> {
  for (const key_image of keyImages)
    await calls.ask('thaw', { key_image }).catch((error) => {
      // A wallet that was restored meanwhile may not know the coin.
      if (!(error instanceof WalletRefused)) throw error;
    });
  await calls.ask('set_attribute', { key: FROZEN, value: '' });
}

async function thawLeftovers(calls: WalletCalls): Promise<void> {
  const value = await calls
    .ask<{ value: string }>('get_attribute', { key: FROZEN })
    .then((answer) => answer.value)
    .catch((error) => {
      // wallet-rpc answers with an error if the attribute was never set.
      if (error instanceof WalletRefused) return '';
      throw error;
    });
  if (value) await thaw(value.split(' '), calls);
}
