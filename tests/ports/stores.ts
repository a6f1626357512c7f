import { randomUUID } from 'node:crypto';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryFaucet } from '#adapters/memory/faucet.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { AccountId, OfferId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Offer } from '#core/offers/offers.ts';
import type { Draw } from '#core/sandbox/ports.ts';
import { asInstant } from '#core/time.ts';
import { refuseOtherTables } from '#tests/helpers/only-test-parts.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';

/** The name of a table of the running test sandbox; refuses any that is not a test's. */
export function tableOf(variable: string): string {
  const name = process.env[variable];
  if (!name) throw new Error(`${variable} is unset: run the port suites by "npm test -- --only ports"`);
  refuseOtherTables([name]);
  return name;
}

const memory = async () => {
  const books = memoryBooks();
  const offers = memoryOffers();
  const factors = memorySecondFactors();
  return {
    ledger: memoryLedger(books),
    faucet: memoryFaucet(books),
    trades: memoryTrades(books, offers, undefined, factors),
    offers,
    factors,
  };
};

const dynamodb = async () => {
  const client = documentClient();
  const tables = await ownTables();
  return {
    ledger: dynamoLedger(client, tables.ledger),
    faucet: dynamoFaucet(client, tables.ledger),
    trades: dynamoTrades(client, tables),
    offers: dynamoOffers(client, tables.offers),
    factors: dynamoSecondFactors(client, tables.secondFactors),
  };
};

export type Stores = Awaited<ReturnType<typeof dynamodb>>;

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

/** A draw of so many piconero, decided on the balance as it is now. */
export async function aDraw(
  { ledger }: Pick<Stores, 'ledger'>,
  account: AccountId,
  amount: bigint,
  more: Partial<Draw> & { at?: number } = {},
): Promise<Draw> {
  const { at = 1_000, ...rest } = more;
  const move = transfer({
    id: fresh<TransferId>(),
    kind: 'faucet',
    debit: houseAccount('faucet'),
    credit: userAccount(account),
    amountPiconero: asPiconero(amount),
    createdAt: asInstant(at),
  });
  return {
    account,
    day: '2026-01-01',
    dailyLimit: asPiconero(amount),
    move,
    seen: await ledger.balance(account),
    remembered: anAnswer(account),
    ...rest,
  };
}

/** Puts so many piconero into the faucet. */
export async function restock({ faucet }: Pick<Stores, 'faucet'>, amount: bigint): Promise<void> {
  const from = await faucet.stock();
  const refused = await faucet.restock({ from, change: asPiconero(amount), height: from.height + 1 });
  if (refused) throw new Error(`the faucet was ${refused}`);
}

/** Gives an account so many piconero. */
export async function give(
  stores: Pick<Stores, 'faucet' | 'ledger'>,
  account: AccountId,
  amount: bigint,
  at = 1_000,
): Promise<void> {
  await restock(stores, amount);
  const draw = await aDraw(stores, account, amount, { at, day: fresh() });
  const refused = await stores.faucet.draw(draw);
  if (refused) throw new Error(`a draw was ${refused}`);
}

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
