import { askNode } from '#adapters/monero/node-rpc.ts';
import { until } from './until.ts';

type Pool = { transactions?: { relayed: boolean; kept_by_block: boolean }[] };

/** Waits until monerod has relayed each transaction of the pool, because it puts no other into a block. */
export async function untilPoolIsMinable(nodeUrl: string): Promise<void> {
  await until(
    () => askNode<Pool>(nodeUrl, 'get_transaction_pool', {}),
    ({ transactions = [] }) => transactions.every((one) => one.relayed || one.kept_by_block),
    { everyMs: 20 },
  );
}
