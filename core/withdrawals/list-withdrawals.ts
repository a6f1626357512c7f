import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { WithdrawalPorts, Withdrawals } from './ports.ts';
import { withdrawalView } from './views.ts';

type ListPorts = {
  withdrawals: Pick<Withdrawals, 'ofAccount'>;
  heartbeats: WithdrawalPorts['heartbeats'];
};

/** A page of the caller's withdrawals, newest first. Confirmations are of the watcher's last round. */
export const listWithdrawals =
  ({ withdrawals, heartbeats }: ListPorts) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const { items, next } = await withdrawals.ofAccount(accountId, page);
    const height = (await heartbeats.read())?.height ?? 0;
    return { items: items.map((item) => withdrawalView(item, height)), ...(next && { next }) };
  };
