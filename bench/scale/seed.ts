import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { accountRows } from '#adapters/dynamodb/accounts.ts';
import { transferItem } from '#adapters/dynamodb/ledger-writes.ts';
import { offerItem } from '#adapters/dynamodb/offer-items.ts';
import { tradeItem } from '#adapters/dynamodb/trade-items.ts';
import { aTransfer, aUser, type Crowd, offerNumber, tradeNumber } from './entities.ts';

/** Upper bound of items in a BatchWriteItem. */
const BATCH = 25;
const AT_ONCE = 4;

export type Tables = Record<'offers' | 'trades' | 'ledger' | 'accounts' | 'people', string>;
type Row = { table: string; item: Record<string, unknown> };

/** The rows of the n-th offer, trade, statement line and user, made by the adapters' functions. */
function rowsOf(tables: Tables, crowd: Crowd, n: number): Row[] {
  const user = accountRows(tables, aUser(crowd, n)).map(({ Put }) => ({
    table: Put.TableName,
    item: Put.Item,
  }));
  return [
    { table: tables.offers, item: offerItem(offerNumber(n, crowd)) },
    { table: tables.trades, item: tradeItem(tradeNumber(n, crowd)) },
    { table: tables.ledger, item: transferItem(aTransfer(crowd, n)) },
    ...user,
  ];
}

/** Writes the rows with numbers from `from` up to, and not including, `to`. */
export async function seed(
  client: DynamoDBDocumentClient,
  tables: Tables,
  crowd: Crowd,
  { from, to, signal }: { from: number; to: number; signal: AbortSignal },
): Promise<void> {
  let next = from;
  const work = async () => {
    while (next < to && !signal.aborted) {
      const first = next;
      next = Math.min(to, next + BATCH);
      const rows = Array.from({ length: next - first }, (_, at) => rowsOf(tables, crowd, first + at)).flat();
      for (let at = 0; at < rows.length; at += BATCH) await write(client, rows.slice(at, at + BATCH));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function write(client: DynamoDBDocumentClient, rows: Row[]): Promise<void> {
  const tables = [...new Set(rows.map(({ table }) => table))];
  let RequestItems = Object.fromEntries(
    tables.map((table) => [
      table,
      rows.filter((row) => row.table === table).map(({ item }) => ({ PutRequest: { Item: item } })),
    ]),
  );
  while (Object.keys(RequestItems).length > 0) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems }));
    RequestItems = UnprocessedItems as typeof RequestItems;
  }
}
