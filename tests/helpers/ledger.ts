import { documentClient } from '#adapters/dynamodb/client.ts';
import { audit } from '#core/audit/audit.ts';
import { readBooks } from '#sandbox/audit/books.ts';
import { until } from './until.ts';

/** Expects the stored data to hold every invariant of the ledger. Waits for writes in progress. */
export async function expectTheLedgerToBalance(): Promise<void> {
  const client = documentClient();
  const {
    LEDGER_TABLE: ledger = '',
    TRADES_TABLE: trades = '',
    PAYMENTS_TABLE: payments = '',
    PEOPLE_TABLE: people = '',
  } = process.env;
  try {
    const faults = async () => audit(await readBooks(client, { ledger, trades, payments, people }));
    expect(await until(faults, (found) => found.length === 0, { withinMs: 3_000 })).toEqual([]);
  } finally {
    client.destroy();
  }
}
