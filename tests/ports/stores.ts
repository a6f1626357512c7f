import { dynamoAccounts } from '#adapters/dynamodb/accounts.ts';
import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoConnections, dynamoMarketHints } from '#adapters/dynamodb/connections.ts';
import { dynamoDeletions } from '#adapters/dynamodb/deletions.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoDisputes } from '#adapters/dynamodb/disputes.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoMailTokens } from '#adapters/dynamodb/mail-tokens.ts';
import { dynamoModeration } from '#adapters/dynamodb/moderation.ts';
import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoOutbox } from '#adapters/dynamodb/outbox.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoPaymentAccounts } from '#adapters/dynamodb/payment-accounts.ts';
import { dynamoNames, dynamoPeople } from '#adapters/dynamodb/people.ts';
import { dynamoRates } from '#adapters/dynamodb/rates.ts';
import { dynamoReputation } from '#adapters/dynamodb/reputation.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoSessions } from '#adapters/dynamodb/sessions.ts';
import { dynamoChallenges } from '#adapters/dynamodb/sessions-challenges.ts';
import { dynamoBuckets, dynamoKnownPlaces } from '#adapters/dynamodb/sessions-throttle.ts';
import { dynamoTalks } from '#adapters/dynamodb/talks.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { memoryClock } from '#adapters/memory/clock.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { transferEvent } from '#core/events/events.ts';
import type { AccountId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Draw } from '#core/sandbox/ports.ts';
import { asInstant } from '#core/time.ts';
import { fresh, rememberedFor } from '#tests/helpers/entities.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

/** The stores in tables of their own. Only the lease asks the clock. */
async function dynamodb() {
  const client = documentClient();
  const tables = await ownTables();
  const parts = storeParts(tables);
  const clock = memoryClock(asInstant(1_000_000));
  return {
    clock,
    accounts: dynamoAccounts(client, tables, parts.events),
    deletions: dynamoDeletions(client, tables),
    people: dynamoPeople(client, tables.people),
    names: dynamoNames(client, tables.people),
    reputation: dynamoReputation(client, tables.reputation, parts),
    mailTokens: dynamoMailTokens(client, tables.sessions),
    sessions: dynamoSessions(client, tables.sessions, parts),
    challenges: dynamoChallenges(client, tables.sessions),
    buckets: dynamoBuckets(client, tables.sessions),
    knownPlaces: dynamoKnownPlaces(client, tables.sessions),
    factors: dynamoSecondFactors(client, tables.secondFactors),
    paymentAccounts: dynamoPaymentAccounts(client, tables, parts),
    ledger: dynamoLedger(client, tables.ledger),
    faucet: dynamoFaucet(client, tables.ledger, parts),
    outbox: dynamoOutbox(client, tables.events),
    connections: dynamoConnections(client, tables.live),
    marketHints: dynamoMarketHints(client, tables.live),
    notices: dynamoNotices(client, tables.notices, parts.log),
    moderation: dynamoModeration(client, tables, parts),
    halts: dynamoHalts(client, tables.halts),
    offers: dynamoOffers(client, tables, parts.log),
    prices: dynamoRates(client, tables.rates),
    trades: dynamoTrades(client, tables, parts),
    talks: dynamoTalks(client, tables.talk, parts.log),
    addresses: dynamoAddresses(client, tables.payments),
    disputes: dynamoDisputes(client, tables, parts),
    deposits: dynamoDeposits(client, tables, parts),
    states: dynamoWatchStates(client, tables.payments),
    heartbeats: dynamoHeartbeats(client, tables.payments),
    withdrawals: dynamoWithdrawals(client, tables, parts),
    lease: dynamoPayerLease(client, tables.payments, clock),
  };
}

export type Stores = Awaited<ReturnType<typeof dynamodb>>;

const memory = async (): Promise<Stores> => memoryWorld().ports;

/** Each suite runs on both, so that a fake that differs from the real store fails. */
export const stores = [
  ['memory', memory],
  ['DynamoDB', dynamodb],
] as const;

/** A draw of so many piconero, decided on the present balance. */
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
    event: transferEvent(move.transfer.id, account, asInstant(at)),
    seen: await ledger.balance(account),
    remembered: rememberedFor(account),
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
