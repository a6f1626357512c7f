import type { Uint64 } from '#adapters/monero/exact-json.ts';
import { asPiconero, formatXmr, parseXmr } from '#core/money/xmr.ts';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';
import { theSandbox } from './sandbox.ts';

type Incoming = { txid: string; amount: Uint64; address: string };

let wallet: WalletRpc | undefined;

/** Calls the payee's wallet after a refresh, so that it knows the newest blocks. */
async function call<Result>(method: string, params: object = {}): Promise<Result> {
  if (!wallet) {
    const { origin, username: user, password } = new URL(theSandbox().payeeUrl);
    wallet = new WalletRpc(origin, { user, password });
  }
  await wallet.call('refresh', {}, 60_000);
  return wallet.call<Result>(method, params, 60_000);
}

/** An outside Monero wallet that receives and sends payments. */
export const payee = {
  /** A new address, so that only this story's payments arrive there. */
  async newAddress(): Promise<string> {
    return (await call<{ address: string }>('create_address', { account_index: 0 })).address;
  },

  /** The payments to one address, in blocks and in the pool: each transaction's id and amount. */
  async arrivedAt(address: string): Promise<{ txid: string; amountXmr: string }[]> {
    const { in: mined = [], pool = [] } = await call<{ in?: Incoming[]; pool?: Incoming[] }>(
      'get_transfers',
      {
        in: true,
        pool: true,
        account_index: 0,
      },
    );
    return [...mined, ...pool]
      .filter((transfer) => transfer.address === address)
      .map(({ txid, amount }) => ({ txid, amountXmr: formatXmr(asPiconero(BigInt(amount))) }));
  },

  /** Pays on chain; resolves with the transaction's id. */
  async send(address: string, amountXmr: string): Promise<string> {
    return (await call<{ tx_hash: string }>('transfer', payment(address, amountXmr))).tx_hash;
  },

  /** Signs a payment without relaying it. Resolves with the transaction's id, and the transaction in hex. */
  async sign(address: string, amountXmr: string): Promise<{ txid: string; blob: string }> {
    const asked = { ...payment(address, amountXmr), do_not_relay: true, get_tx_hex: true };
    const { tx_hash: txid, tx_blob: blob } = await call<{ tx_hash: string; tx_blob: string }>(
      'transfer',
      asked,
    );
    return { txid, blob };
  },
};

function payment(address: string, amountXmr: string) {
  const amount = parseXmr(amountXmr);
  if (typeof amount === 'string') throw new Error(`${amountXmr}: ${amount}`);
  return { destinations: [{ address, amount }], account_index: 0 };
}
