import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryFaucet } from '#adapters/memory/faucet.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryPayerLease } from '#adapters/memory/payer-lease.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryWithdrawals } from '#adapters/memory/withdrawals.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { AccountId, TransferId, WithdrawalId } from '#core/ids.ts';
import type { Move } from '#core/ledger/ledger.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import type { Proof } from '#core/step-up.ts';
import { asInstant, type Instant } from '#core/time.ts';
import { holdBoth } from '#core/withdrawals/moves.ts';
import type {
  Broadcast,
  Internal,
  OnChainWithdrawal,
  Queued,
  Withdrawal,
  WithdrawalFailure,
  WithdrawalState,
} from '#core/withdrawals/withdrawals.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';
import { give } from './stores.ts';

let made = 0;
export const nextId = <T extends string>() => `id-${String(++made).padStart(6, '0')}` as T;

/** A clock that one turns. */
export const time = { now: asInstant(1_000_000) };
const clock = { now: (): Instant => time.now };

function fake() {
  const books = memoryBooks();
  const payer = {};
  const factors = memorySecondFactors();
  return {
    factors,
    withdrawals: memoryWithdrawals(books, payer, factors),
    lease: memoryPayerLease(payer, clock),
    ledger: memoryLedger(books),
    faucet: memoryFaucet(books),
  };
}

async function real() {
  const client = documentClient();
  const tables = await ownTables();
  return {
    factors: dynamoSecondFactors(client, tables.secondFactors),
    withdrawals: dynamoWithdrawals(client, tables),
    lease: dynamoPayerLease(client, tables.payments, clock),
    ledger: dynamoLedger(client, tables.ledger),
    faucet: dynamoFaucet(client, tables.ledger),
  };
}

type Fields = Partial<Omit<Broadcast, 'state'>>;
type InState<S extends WithdrawalState> = Extract<OnChainWithdrawal, { state: S }>;

const requested = (accountId: AccountId) => ({
  id: nextId<WithdrawalId>(),
  accountId,
  address: 'an address',
  amountPiconero: asPiconero(100n),
  feePiconero: asPiconero(20n),
  feeHeldPiconero: asPiconero(20n),
  amountTransferId: nextId<TransferId>(),
  attempt: 1,
  sentAt: time.now,
  requestedAt: time.now,
  changedAt: time.now,
  version: 1,
});

/** A withdrawal on the chain, queued unless another state is given. */
export const aWithdrawal = <S extends WithdrawalState = 'queued'>(
  accountId: AccountId,
  { state = 'queued' as S, ...more }: { state?: S } & Fields = {},
) =>
  ({
    ...requested(accountId),
    internal: false,
    state,
    feeTransferId: nextId<TransferId>(),
    ...more,
  }) as unknown as InState<S>;

/** A payment to another member. */
export const anInternal = (accountId: AccountId, amountPiconero: Piconero): Internal => ({
  ...requested(accountId),
  internal: true,
  state: 'confirmed',
  amountPiconero,
});

export const remembered = (accountId: AccountId, key: string = nextId()) => ({
  accountId,
  operation: 'requestWithdrawal',
  key,
  fingerprint: 'print',
  status: 202,
  body: '{}',
});

export const PAID = {
  txid: 'ab'.repeat(32),
  prepared: { blob: '0a0bff', keyImages: ['01ff', '02ff'] },
};

/** The next version of a withdrawal, without ledger moves. */
export const onwards = <W extends OnChainWithdrawal, S extends WithdrawalState = W['state']>(
  from: W,
  changes: { state?: S; failureCode?: WithdrawalFailure } & Fields,
) => ({
  from,
  to: { ...from, ...changes, version: from.version + 1 } as unknown as InState<S>,
  moves: [] as readonly Move[],
});

export const paymentStores = [
  ['memory', async () => fake()],
  ['DynamoDB', real],
] as const;

export type PaymentStores = Awaited<ReturnType<typeof real>>;

/** An account that can pay for `count` withdrawals. */
export async function anAccount(stores: PaymentStores, count = 1): Promise<AccountId> {
  const accountId = nextId<AccountId>();
  await give(stores, accountId, BigInt(count) * 120n);
  return accountId;
}

type Adding = { row?: Remembered; moves?: Move[]; proof?: Proof };

/** Adds a withdrawal, with its holds unless told otherwise, where its account may have two that count as queued. */
export const add = (
  { withdrawals }: PaymentStores,
  withdrawal: Withdrawal,
  { row = remembered(withdrawal.accountId), moves = holdBoth(withdrawal as Queued), proof }: Adding = {},
) => withdrawals.add({ withdrawal, moves, remembered: row, maxQueued: 2, proof });

/** A withdrawal of that account, added with its holds. */
export async function added<S extends WithdrawalState = 'queued'>(
  ports: PaymentStores,
  accountId: AccountId,
  more: { state?: S } & Fields = {},
): Promise<InState<S>> {
  const withdrawal = aWithdrawal(accountId, more);
  expect(await add(ports, withdrawal)).toBeUndefined();
  return withdrawal;
}
