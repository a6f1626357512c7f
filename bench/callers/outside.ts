import { parseXmr } from '#core/money/xmr.ts';
import type { Login } from '#sandbox/chain/digest.ts';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';

const PATIENCE_MS = 120_000;

export type Paying = { address: string; amountXmr: string };

/** A wallet of monero-wallet-rpc, called directly and not through Pupero. */
export function walletAt(url: string, login: Login) {
  const rpc = new WalletRpc(url, login);
  return {
    refresh: () => rpc.call('refresh', {}, PATIENCE_MS),
    newAddress: async () =>
      (await rpc.call<{ address: string }>('create_address', { account_index: 0 })).address,
    /** Sends one transaction to all payees, and relays it. */
    transfer: (payments: Paying[]) => {
      const destinations = payments.map(({ address, amountXmr }) => ({
        address,
        amount: parseXmr(amountXmr),
      }));
      return rpc.call('transfer', { destinations, account_index: 0, priority: 1 }, PATIENCE_MS);
    },
    close: () => rpc.close(),
  };
}

/** The wallet that `startPayee` opened. `payeeUrl` contains its login. */
export function outsideAt(payeeUrl: string) {
  const { origin, username: user, password } = new URL(payeeUrl);
  return walletAt(origin, { user, password });
}
