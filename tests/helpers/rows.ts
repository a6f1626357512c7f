import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';

export const TABLES = [
  'ACCOUNTS_TABLE',
  'SESSIONS_TABLE',
  'SECOND_FACTORS_TABLE',
  'PAYMENT_ACCOUNTS_TABLE',
  'PEOPLE_TABLE',
  'OFFERS_TABLE',
  'TRADES_TABLE',
  'LEDGER_TABLE',
  'PAYMENTS_TABLE',
  'EVENTS_TABLE',
  'NOTICES_TABLE',
  'TALK_TABLE',
  'REPUTATION_TABLE',
] as const;

/** Every row of a table as text. Only a test scans one. */
export async function rowsOf(table: (typeof TABLES)[number]): Promise<string[]> {
  const store = documentClient();
  const rows: string[] = [];
  try {
    const pages = paginateScan({ client: store }, { TableName: process.env[table], ConsistentRead: true });
    for await (const { Items = [] } of pages)
      for (const item of Items)
        rows.push(
          JSON.stringify(item, (_, value) => {
            if (typeof value === 'bigint') return `${value}`;
            return value instanceof Set ? [...value] : value;
          }),
        );
  } finally {
    store.destroy();
  }
  return rows;
}
