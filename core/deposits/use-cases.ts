import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import { MAX_UNUSED_ADDRESSES } from './limits.ts';
import type { Addresses, Deposits, Heartbeats } from './ports.ts';
import { depositView } from './views.ts';

export type DepositPorts = {
  deposits: Pick<Deposits, 'ofAccount' | 'pending'>;
  addresses: Pick<Addresses, 'assign' | 'currentOrFirst'>;
  heartbeats: Pick<Heartbeats, 'read'>;
};

/** What the wallet function does of deposits: nothing here asks the wallet, whose addresses were made before. */
export function depositUseCases({ deposits, addresses, heartbeats }: DepositPorts) {
  return {
    /**
     * A fresh address. `too_many_open` while too many of the account's have no deposit yet, `dependency_unavailable`
     * while the pool is empty, which the watcher fills again.
     */
    async newDepositAddress(_input: unknown, { accountId }: Caller) {
      const assigned = await addresses.assign(accountId, MAX_UNUSED_ADDRESSES);
      if (assigned === 'none_free') return refusal('dependency_unavailable');
      return assigned === 'too_many_open' ? refusal(assigned) : { depositAddress: assigned.address };
    },

    async listDeposits({ page }: { page: PageRequest }, { accountId }: Caller) {
      const { items, next } = await deposits.ofAccount(accountId, page);
      const height = (await heartbeats.read())?.height ?? 0;
      return { items: items.map((item) => depositView(item, height)), ...(next && { next }) };
    },

    /** What was seen and is not credited yet. */
    pendingDeposits: (account: AccountId) => deposits.pending(account),

    /** The address to pay to; a first one is handed out. `undefined` while there is none to hand out. */
    depositAddress: (account: AccountId) => addresses.currentOrFirst(account),
  };
}
