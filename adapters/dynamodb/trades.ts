import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, TradeId } from '#core/ids.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Instant } from '#core/time.ts';
import type { Trades } from '#core/trades/ports.ts';
import type { Trade } from '#core/trades/trades.ts';
import type { Item } from './client.ts';
import { rememberWrite } from './idempotency.ts';
import { tradeKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { getMany, queryRange } from './query.ts';
import {
  addWrite,
  countWrite,
  EXPIRY_SHARDS,
  expiryPk,
  expirySk,
  toItem,
  tradeFromItem,
} from './trade-items.ts';
import { transact } from './transact.ts';
import { putIfVersion, versionedWrite } from './versions.ts';

type Tables = { trades: string; ledger: string; people: string };

export function dynamoTrades(client: DynamoDBDocumentClient, tables: Tables): Trades {
  return {
    async get(id) {
      const command = new GetCommand({ TableName: tables.trades, Key: tradeKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && tradeFromItem(Item);
    },

    async start(trade, moves, remembered) {
      const failed = await transact(client, [
        // Two requests with one key at once: the second finds the row.
        rememberWrite(tables.trades, remembered),
        addWrite(tables.trades, trade),
        // Two trades out of one balance: the seller still has the amount, or nothing is written.
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed === 'already_settled') throw new Error(`a new trade's id or hold is taken: ${trade.id}`);
      return failed;
    },

    async save(next, moves) {
      // By itself a write costs half of what it does in a transaction.
      if (!moves.length) return putIfVersion(client, tables.trades, toItem(next));
      const counted = next.state === 'completed' ? [next.buyerId, next.sellerId] : [];
      const failed = await transact(client, [
        // Cancel and confirm at once: the first one wins, the other is decided anew.
        versionedWrite(tables.trades, toItem(next)),
        ...ledgerWrites(tables.ledger, moves),
        ...counted.map((id) => countWrite(tables.people, id)),
      ]);
      if (!failed || failed === 'changed_since') return failed;
      throw new Error(`the hold of trade ${next.id} does not fit its state: ${failed}`);
    },

    ofParty: (account, page) => tradesOfParty(client, tables.trades, account, page),
    overdue: (now, limit) => overdueTrades(client, tables.trades, now, limit),
  };
}

const idOf = (item: Item) => (item.pk as string).slice('TRADE#'.length) as TradeId;

const byIds = async (client: DynamoDBDocumentClient, table: string, ids: readonly TradeId[]) =>
  (await getMany(client, table, ids.map(tradeKey), 'strong')).map(tradeFromItem);

/** Both sides are read from the same id down, so the newest `limit` of the two together are the next page. */
async function tradesOfParty(
  client: DynamoDBDocumentClient,
  table: string,
  account: AccountId,
  { after, limit }: PageRequest,
): Promise<Page<Trade>> {
  const side = (party: 'buyer' | 'seller') => {
    const [index, pk, sk] = [`by-${party}`, [`${party}Id`, account] as [string, string], `${party}Sk`];
    return queryRange(client, { table, index, pk, sk, after: after?.before, newestFirst: true, limit });
  };
  const sides = await Promise.all([side('buyer'), side('seller')]);
  const all = sides.flatMap(({ items }) => items.map(idOf));
  const ids = all.sort((a, b) => (a < b ? 1 : -1)).slice(0, limit);
  const more = all.length > limit || sides.some((found) => found.more !== undefined);
  const items = await byIds(client, table, ids);
  return more && ids.length ? { items, next: { before: ids.at(-1)! } } : { items };
}

/** Read backwards from now: everything before it is overdue. */
async function overdueTrades(client: DynamoDBDocumentClient, table: string, now: Instant, limit: number) {
  const shards = [...Array(EXPIRY_SHARDS).keys()].map((shard) => {
    const pk: [string, string] = ['expiryPk', expiryPk(shard)];
    const range = { table, index: 'by-expiry', pk, sk: 'expirySk', after: expirySk(now, '') };
    return queryRange(client, { ...range, newestFirst: true, limit });
  });
  const found = (await Promise.all(shards)).flatMap(({ items }) => items);
  return byIds(client, table, found.slice(0, limit).map(idOf));
}
