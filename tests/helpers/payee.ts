import type { Uint64 } from '#adapters/monero/exact-json.ts';
import { asPiconero, formatXmr, parseXmr } from '#core/money/xmr.ts';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';
import { theSandbox } from './sandbox.ts';

type Incoming = { txid: string; amount: Uint64; address: string };

let wallet: WalletRpc | undefined;

/** Calls the payee's wallet, after it has looked at the newest blocks. */
async function call<Result>(method: string, params: object = {}): Promise<Result> {
  if (!wallet) {
    const { origin, username: user, password } = new URL(theSandbox().payeeUrl);
    wallet = new WalletRpc(origin, { user, password });
  }
  await wallet.call('refresh', {}, 60_000);
  return wallet.call<Result>(method, params, 60_000);
}

/** Somebody outside with a Monero wallet, who counts what arrives. */
export const payee = {
  /** An address that nobody was told yet, so that what arrives there is this story's. */
  async newAddress(): Promise<string> {
    return (await call<{ address: string }>('create_address', { account_index: 0 })).address;
  },

  /** What arrived at one address, in blocks and still in the pool: each transaction's id and amount. */
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
    const amount = parseXmr(amountXmr);
    if (typeof amount === 'string') throw new Error(`${amountXmr}: ${amount}`);
    const destinations = [{ address, amount }];
    return (await call<{ tx_hash: string }>('transfer', { destinations, account_index: 0 })).tx_hash;
  },
};
