import { randomUUID } from 'node:crypto';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { AccountId, OfferId } from '#core/ids.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import type { Offer } from '#core/offers/offers.ts';
import { asInstant } from '#core/time.ts';
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
  const offers = memoryOffers();
  const factors = memorySecondFactors();
  const trades = memoryTrades(books, offers, undefined, factors);
  return { ledger: memoryLedger(books), trades, offers, factors };
};

const dynamodb = () => {
  const client = documentClient();
  const tables = {
    ledger: tableOf('LEDGER_TABLE'),
    trades: tableOf('TRADES_TABLE'),
    people: tableOf('PEOPLE_TABLE'),
    offers: tableOf('OFFERS_TABLE'),
    secondFactors: tableOf('SECOND_FACTORS_TABLE'),
  };
  return {
    ledger: dynamoLedger(client, tables.ledger),
    trades: dynamoTrades(client, tables),
    offers: dynamoOffers(client, tables.offers),
    factors: dynamoSecondFactors(client, tables.secondFactors),
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

/** An open offer to sell XMR for EUR. */
export const anOffer = (changes: Partial<Offer> = {}): Offer => ({
  ...{
    id: fresh<OfferId>(),
    ownerId: fresh<AccountId>(),
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n) },
  },
  ...{ minFiat: asMinorUnits(1_000n), maxFiat: asMinorUnits(9_000n), methods: ['sepa'], terms: 'be kind' },
  ...{
    paymentWindowMinutes: 30,
    state: 'open',
    version: 1,
    createdAt: asInstant(1_000),
    updatedAt: asInstant(1_000),
  },
  ...changes,
});
