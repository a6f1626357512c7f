import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Deposits, MinedDeposit } from '#core/deposits/ports.ts';
import type { Item } from './client.ts';
import { depositOf } from './deposit-items.ts';
import {
  CREDITED_DEPOSITS,
  LOCKED_BY_HEIGHT,
  LOCKED_BY_TIME,
  minedAt,
  minedHeightIn,
  OPEN_DEPOSITS,
  PAYMENTS_BY_STATE,
  unlocksAt,
} from './indexes.ts';
import { rowsOf } from './items.ts';
import { depositIdIn, keyOf } from './keys.ts';
import { getMany, queryKeys } from './query.ts';

/** The watcher's lists of deposits, in the index by state, which has keys only. */
export function depositLists(
  client: DynamoDBDocumentClient,
  table: string,
): Pick<Deposits, 'open' | 'creditedIn' | 'lockedSince' | 'unlocking'> {
  const listed = (partition: string, range: { from?: string; to?: string; limit?: number } = {}) =>
    queryKeys(client, { table, index: PAYMENTS_BY_STATE, partition, ...range });

  return {
    async open() {
      const keys = (await listed(OPEN_DEPOSITS)).map(keyOf);
      return rowsOf(await getMany(client, table, keys, 'strong'), depositOf);
    },

    async creditedIn({ from, to }) {
      return (await listed(CREDITED_DEPOSITS, { from: minedAt(from), to: minedAt(to) })).map(minedDepositIn);
    },

    async lockedSince(from) {
      const locked = [...(await listed(LOCKED_BY_HEIGHT)), ...(await listed(LOCKED_BY_TIME))];
      return locked.map(minedDepositIn).filter(({ minedHeight }) => minedHeight >= from);
    },

    async unlocking({ height, at }, limit) {
      const due = [
        ...(await listed(LOCKED_BY_HEIGHT, { to: unlocksAt(height + 1), limit })),
        ...(await listed(LOCKED_BY_TIME, { to: unlocksAt(at + 1), limit })),
      ];
      return due.map((item) => depositIdIn(keyOf(item)));
    },
  };
}

const minedDepositIn = (item: Item): MinedDeposit => ({
  id: depositIdIn(keyOf(item)),
  minedHeight: minedHeightIn(item.stateSk as string),
});
