import { randomUUID } from 'node:crypto';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { AccountId } from '#core/ids.ts';
import { refuseOtherTables } from '#tests/helpers/only-test-parts.ts';

/** The name of a table of the running test sandbox; refuses any that is not a test's. */
export function tableOf(variable: string): string {
  const name = process.env[variable];
  if (!name) throw new Error(`${variable} is unset: run the port suites by "npm test -- --only ports"`);
  refuseOtherTables([name]);
  return name;
}

const memory = () => {
  const books = memoryBooks();
  return { ledger: memoryLedger(books), trades: memoryTrades(books), offers: memoryOffers() };
};

const dynamodb = () => {
  const client = documentClient();
  const [ledger, trades, people] = ['LEDGER_TABLE', 'TRADES_TABLE', 'PEOPLE_TABLE'].map(tableOf) as [
    string,
    string,
    string,
  ];
  return {
    ledger: dynamoLedger(client, ledger),
    trades: dynamoTrades(client, { trades, ledger, people }),
    offers: dynamoOffers(client, tableOf('OFFERS_TABLE')),
  };
};

/** Each suite runs on both, so that a fake that lies fails. */
export const stores = [
  ['memory', memory],
  ['DynamoDB', dynamodb],
] as const;

/** Fresh ids for every test, as all tests share one store. In the order they were made. */
let made = 0;
const run = randomUUID().slice(0, 8);
export const fresh = <T extends string>(): T => `${run}${String(++made).padStart(8, '0')}` as T;

export const anAnswer = (accountId: AccountId, key: string = fresh()): Remembered => ({
  ...{ accountId, operation: 'test', key, fingerprint: 'f', status: 201, body: '{}' },
});
