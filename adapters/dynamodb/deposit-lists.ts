import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Deposit, followed } from '#core/deposits/deposits.ts';
import type { Deposits, MinedDeposit } from '#core/deposits/ports.ts';
import type { Item } from './client.ts';
import {
  CREDITED_DEPOSITS,
  depositOrder,
  LOCKED_BY_HEIGHT,
  LOCKED_BY_TIME,
  minedAt,
  minedHeightIn,
  minedOrder,
  OPEN_DEPOSITS,
  PAYMENTS_BY_STATE,
  unlockOrder,
  unlocksAt,
} from './indexes.ts';
import { entityOf } from './items.ts';
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
      return (await getMany(client, table, keys, 'strong')).map(depositFromItem);
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

/** The index keys of a deposit's list; none if it has ended. */
export function listKeys(deposit: Deposit): { statePk?: string; stateSk?: string } {
  const place = followed(deposit);
  if (!place) return {};
  if (place.list === 'open')
    return { statePk: OPEN_DEPOSITS, stateSk: depositOrder(deposit.seenAt, deposit.id) };
  const mined = minedOrder(place.minedHeight, deposit.id);
  if (place.list === 'credited') return { statePk: CREDITED_DEPOSITS, stateSk: mined };
  return place.unlockAt === undefined
    ? { statePk: LOCKED_BY_HEIGHT, stateSk: unlockOrder(place.unlockHeight!, mined) }
    : { statePk: LOCKED_BY_TIME, stateSk: unlockOrder(place.unlockAt, mined) };
}

const minedDepositIn = (item: Item): MinedDeposit => ({
  id: depositIdIn(keyOf(item)),
  minedHeight: minedHeightIn(item.stateSk as string),
});

const NUMBERS = [
  'minedHeight',
  'unlockHeight',
  'unlockAt',
  'seenAt',
  'creditedAt',
  'endedAt',
  'version',
] as const;

export const depositFromItem = (item: Item) => entityOf<Deposit>(item, NUMBERS);
