import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { MAX_UNUSED_ADDRESSES } from './limits.ts';
import type { Addresses } from './ports.ts';

/**
 * Hands out a fresh address of the pool. Refuses with `dependency_unavailable` while the pool is empty, and with
 * `too_many_open` while the account has `MAX_UNUSED_ADDRESSES` without a deposit.
 */
export const newDepositAddress =
  ({ addresses }: { addresses: Pick<Addresses, 'assign'> }) =>
  async (_input: unknown, { accountId }: Caller) => {
    const assigned = await addresses.assign(accountId, MAX_UNUSED_ADDRESSES);
    if (assigned === 'none_free') return refusal('dependency_unavailable');
    return assigned === 'too_many_open' ? refusal(assigned) : { depositAddress: assigned.address };
  };
