import type { Network } from '../chain/networks.ts';
import type { Addresses, Deposits } from '../deposits/ports.ts';
import type { Ledger } from '../ledger/ports.ts';

/** The ports of the use cases of the wallet. None of them asks the Monero wallet itself. */
export type WalletPorts = {
  ledger: Pick<Ledger, 'balance' | 'statement'>;
  deposits: Pick<Deposits, 'pending'>;
  addresses: Pick<Addresses, 'currentOrFirst'>;
  network: Network;
};
