import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import type { Addresses, Deposits, Heartbeats } from './ports.ts';
import { depositView } from './views.ts';

export type DepositPorts = {
  deposits: Pick<Deposits, 'ofAccount' | 'pending'>;
  addresses: Pick<Addresses, 'assign' | 'current'>;
  heartbeats: Pick<Heartbeats, 'read'>;
};

/** What the wallet function does of deposits: nothing here asks the wallet, whose addresses were made before. */
export function depositUseCases({ deposits, addresses, heartbeats }: DepositPorts) {
  return {
    /** A fresh address; `dependency_unavailable` while the pool is empty, which the watcher fills again. */
    async newDepositAddress(_input: unknown, { accountId }: Caller) {
      const depositAddress = await addresses.assign(accountId);
      return depositAddress ? { depositAddress } : refusal('dependency_unavailable');
    },

    async listDeposits({ page }: { page: PageRequest }, { accountId }: Caller) {
      const { items, next } = await deposits.ofAccount(accountId, page);
      const height = (await heartbeats.read())?.height ?? 0;
      return { items: items.map((item) => depositView(item, height)), ...(next && { next }) };
    },

    /** What was seen and is not credited yet. */
    pendingDeposits: (account: AccountId) => deposits.pending(account),

    /** The address to pay to; a first one is handed out. `undefined` while there is none to hand out. */
    depositAddress: async (account: AccountId) =>
      (await addresses.current(account)) ?? (await addresses.assign(account)),
  };
}
