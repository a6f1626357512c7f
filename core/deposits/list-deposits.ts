import type { Caller } from '../caller.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import type { PageRequest } from '../paging.ts';
import type { Deposits } from './ports.ts';
import { depositView } from './views.ts';

type ListPorts = { deposits: Pick<Deposits, 'ofAccount'>; heartbeats: Pick<Heartbeats, 'read'> };

/** A page of the caller's deposits, newest first. Confirmations are of the watcher's last round. */
export const listDeposits =
  ({ deposits, heartbeats }: ListPorts) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const { items, next } = await deposits.ofAccount(accountId, page);
    const height = (await heartbeats.read())?.height ?? 0;
    return { items: items.map((item) => depositView(item, height)), ...(next && { next }) };
  };
