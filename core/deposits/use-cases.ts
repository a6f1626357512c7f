import type { Caller } from '../caller.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import type { AccountId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import { MAX_UNUSED_ADDRESSES } from './limits.ts';
import type { Addresses, Deposits } from './ports.ts';
import { depositView } from './views.ts';

export type DepositPorts = {
  deposits: Pick<Deposits, 'ofAccount' | 'pending'>;
  addresses: Pick<Addresses, 'assign' | 'currentOrFirst'>;
  heartbeats: Pick<Heartbeats, 'read'>;
};

/**
 * The wallet function's part of deposits. It never asks the wallet, because the watcher fills the pool of addresses.
 */
export function depositUseCases({ deposits, addresses, heartbeats }: DepositPorts) {
  return {
    /**
     * Hands out a fresh address. Refuses with `dependency_unavailable` while the pool is empty, and with
     * `too_many_open` while the account has `MAX_UNUSED_ADDRESSES` without a deposit.
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

    /** Sum of the account's `seen` deposits. */
    pendingDeposits: (account: AccountId) => deposits.pending(account),

    /** The account's current address, handed out if it has none; `undefined` while the pool is empty. */
    depositAddress: (account: AccountId) => addresses.currentOrFirst(account),
  };
}
