import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, DepositId, TradeId, TransferId, WithdrawalId } from '#core/ids.ts';
import {
  HOUSE_ACCOUNTS,
  type LedgerAccount,
  TRANSFER_KINDS,
  TRANSFER_STATUSES,
  type Transfer,
  userAccount,
} from '#core/ledger/ledger.ts';
import type { Ledger } from '#core/ledger/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { type Index, statementOf, TRANSFERS_BY_CREDIT, TRANSFERS_BY_DEBIT } from './indexes.ts';
import { readerOf } from './items.ts';
import { balanceKey, houseBalanceKeys, keyOf } from './keys.ts';
import { getMany, queryRange } from './query.ts';

export function dynamoLedger(client: DynamoDBDocumentClient, table: string): Ledger {
  const side = async (index: Index, account: AccountId, after: string | undefined, limit: number) => {
    const partition = statementOf(userAccount(account));
    const { items, more } = await queryRange(client, {
      table,
      index,
      partition,
      after,
      newestFirst: true,
      limit,
    });
    return { lines: items.map((item) => ({ key: keyOf(item), position: item[index.sk] as string })), more };
  };

  return {
    async balance(account) {
      const Key = balanceKey(userAccount(account));
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return {
        availablePiconero: asPiconero((Item?.available as bigint | undefined) ?? 0n),
        heldPiconero: asPiconero((Item?.held as bigint | undefined) ?? 0n),
      };
    },

    async statement(account, before, limit) {
      const sides = await Promise.all([
        side(TRANSFERS_BY_DEBIT, account, before, limit),
        side(TRANSFERS_BY_CREDIT, account, before, limit),
      ]);
      const lines = sides.flatMap((one) => one.lines);
      const newest = lines.sort((a, b) => (a.position < b.position ? 1 : -1)).slice(0, limit);
      const keys = newest.map(({ key }) => key);
      const found = await getMany(client, table, keys, 'strong');
      const transfers = new Map(found.map((item) => [item.pk, transferFromItem(item)]));
      return {
        items: newest.map(({ key, position }) => ({ transfer: transfers.get(key.pk)!, position })),
        more: lines.length > limit || sides.some(({ more }) => more !== undefined),
      };
    },

    async owed() {
      const items = await getMany(client, table, HOUSE_ACCOUNTS.flatMap(houseBalanceKeys), 'strong');
      const house = items.reduce((sum, item) => sum + (item.available as bigint) + (item.held as bigint), 0n);
      return asPiconero(-house);
    },
  };
}

/** @throws if the item is no transfer */
export function transferFromItem(item: Item): Transfer {
  const read = readerOf(item);
  const tradeId = read.optional('tradeId', read.text<TradeId>);
  const withdrawalId = read.optional('withdrawalId', read.text<WithdrawalId>);
  const depositId = read.optional('depositId', read.text<DepositId>);
  const postedPiconero = read.optional('postedPiconero', read.piconero);
  const settledAt = read.optional('settledAt', read.integer<Instant>);
  return {
    id: read.text<TransferId>('id'),
    kind: read.oneOf('kind', TRANSFER_KINDS),
    debit: read.text<LedgerAccount>('debit'),
    credit: read.text<LedgerAccount>('credit'),
    amountPiconero: read.piconero('amountPiconero'),
    status: read.oneOf('status', TRANSFER_STATUSES),
    createdAt: read.integer<Instant>('createdAt'),
    ...(tradeId && { tradeId }),
    ...(withdrawalId && { withdrawalId }),
    ...(depositId && { depositId }),
    ...(postedPiconero !== undefined && { postedPiconero }),
    ...(settledAt !== undefined && { settledAt }),
  };
}
