import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Item } from './client.ts';
import { PAYMENTS_BY_ACCOUNT, paymentsOf } from './indexes.ts';
import { pageOf } from './items.ts';
import { keyOf } from './keys.ts';
import { getMany, queryRange } from './query.ts';

type Payments<T> = {
  client: DynamoDBDocumentClient;
  table: string;
  log: Pick<Log, 'error'>;
  kind: 'withdrawal' | 'deposit';
  read: (item: Item) => T;
};

/** Pages of an account's withdrawals or deposits, newest first. Each item is read strongly consistent. */
export const accountPayments =
  <T>({ client, table, log, kind, read }: Payments<T>) =>
  async (accountId: AccountId, { limit, after }: PageRequest): Promise<Page<T>> => {
    const { items, more } = await queryRange(client, {
      table,
      index: PAYMENTS_BY_ACCOUNT,
      partition: paymentsOf(kind, accountId),
      after: after?.before,
      newestFirst: true,
      limit,
    });
    const found = await getMany(client, table, items.map(keyOf), 'strong');
    return { items: pageOf(found, read, log), ...(more !== undefined && { next: { before: more } }) };
  };
