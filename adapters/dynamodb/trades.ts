import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, PaymentAccountId, TradeId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Proof } from '#core/step-up.ts';
import type { Instant } from '#core/time.ts';
import type { Trades } from '#core/trades/ports.ts';
import type { Advanced } from '#core/trades/rules.ts';
import type { TradeState } from '#core/trades/states.ts';
import type { Trade } from '#core/trades/trades.ts';
import { notHalted } from './halts.ts';
import { rememberWrite } from './idempotency.ts';
import {
  DETAILS_PARTITIONS,
  EXPIRY_PARTITIONS,
  expiredBefore,
  type Index,
  TRADES_BY_BUYER,
  TRADES_BY_BUYER_STATE,
  TRADES_BY_EXPIRY,
  TRADES_BY_SELLER,
  TRADES_BY_SELLER_STATE,
  tradesIn,
} from './indexes.ts';
import { pageOf, rowsOf } from './items.ts';
import { type Key, keyOf, offerKey, paymentAccountKey, tradeKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { type EventSink, type StoreParts, transactWithEvents } from './outbox.ts';
import { getMany, queryRange } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import { tradeHolds } from './trade-holds.ts';
import {
  addWrite,
  detailsErased,
  endWrites,
  forgettingWrites,
  madeWrites,
  referenceFreed,
  referenceWrites,
  takenWrite,
  tradeFromItem,
  tradeItem,
} from './trade-items.ts';
import { tradeTimer } from './trade-timer.ts';
import { transact, type Write } from './transact.ts';
import { unchangedWrite, versionedWrite } from './versions.ts';

/**
 * `halts` and `paymentAccounts` are needed where trades start, and `secondFactors` where parties take steps, because some
 * spend a code.
 */
export type TradeTables = {
  trades: string;
  ledger: string;
  people: string;
  offers: string;
  halts?: string;
  secondFactors?: string;
  paymentAccounts?: string;
};

export function dynamoTrades(
  client: DynamoDBDocumentClient,
  tables: TradeTables,
  { events, log }: StoreParts,
): Trades {
  const stored = { client, table: tables.trades, log };
  return {
    ...readTrades(client, tables.trades),

    async start({ trade, taken, copied, moves, events: happened, remembered, maxOpen }) {
      const writes = [
        // Two requests with one key at once: the second finds the row.
        rememberWrite(tables.trades, remembered),
        notHalted(tables.halts, 'takes', trade.id),
        // The race it closes: the owner changes the offer while it is taken. Its version is the one that was read.
        unchangedWrite(tables.offers, offerKey(taken.id), taken.version),
        ...copiedWrites(tables.paymentAccounts, copied),
        ...referenceWrites(tables.trades, trade),
        addWrite(tables.trades, trade),
        ...(trade.takerId ? [takenWrite(tables.people, trade.takerId, maxOpen)] : []),
        ...madeWrites(tables.people, trade),
        // The race it closes: two trades spend one balance. The seller has the amount, or nothing is written.
        ...ledgerWrites(tables.ledger, moves),
      ];
      const failed = await transactWithEvents(client, writes, happened, events);
      if (failed === 'already_settled') throw new Error(`a new trade's id or hold is taken: ${trade.id}`);
      return failed;
    },

    save: (advanced, proof) => saveTrade({ client, tables, events }, advanced, { proof }),

    ...partyTrades(client, tables.trades, log),
    ...tradeDetails(client, tables.trades, log),
    ...tradeTimer(client, tables.trades),
    unpaid: (page) => unpaidTrades(stored, page),
    ...tradeHolds(client, tables.ledger, log),
    overdue: (now, limit) => dueTrades(stored, EXPIRY_PARTITIONS, now, limit),
  };
}

/** The race it closes: the payment account is changed or removed while its details are copied. */
function copiedWrites(
  table: string | undefined,
  copied: { id: PaymentAccountId; accountId: AccountId; version: number } | undefined,
): Write<'changed_since'>[] {
  if (!copied) return [];
  if (!table) throw new Error('a trade with payment details was given to a function that reaches none');
  return [unchangedWrite(table, paymentAccountKey(copied.accountId, copied.id), copied.version)];
}

/** The payment details in trades, for the schedule that erases them. */
export function tradeDetails(
  client: DynamoDBDocumentClient,
  table: string,
  log: Log,
): Pick<Trades, 'withOldDetails' | 'eraseDetails'> {
  return {
    async withOldDetails(now, limit) {
      const { items, unreadable } = await dueTrades({ client, table, log }, DETAILS_PARTITIONS, now, limit);
      // The index may lag behind the items.
      return { items: items.filter(({ sealedDetails }) => sealedDetails !== undefined), unreadable };
    },
    async eraseDetails(trade) {
      await transact(client, [detailsErased(table, trade)]);
    },
  };
}

type Saving = { client: DynamoDBDocumentClient; tables: TradeTables; events: EventSink };

/** Writes the next version of a trade, its effects, and `others`, all or nothing. See `Trades.save`. */
export async function saveTrade(
  { client, tables, events }: Saving,
  { next, moves, events: happened }: Advanced,
  { proof, others = [] }: { proof?: Proof | undefined; others?: readonly Write[] },
): ReturnType<Trades['save']> {
  const writes = [
    // Cancel and confirm at once: the first one wins, and the other is decided again.
    versionedWrite(tables.trades, tradeItem(next)),
    // After the write of the trade, because a step that is already done needs no code.
    ...spendingWrites(tables.secondFactors, proof),
    ...ledgerWrites(tables.ledger, moves),
    ...endWrites(tables.people, next),
    ...referenceFreed(tables.trades, next),
    ...others,
  ];
  const failed = await transactWithEvents(client, writes, happened, events);
  if (!failed || failed === 'changed_since' || failed === 'wrong_second_factor') return failed;
  throw new Error(`the hold of trade ${next.id} does not fit its state: ${failed}`);
}

/** Trades by their ids, for functions that run none. */
export const readTrades = (client: DynamoDBDocumentClient, table: string): Pick<Trades, 'get'> => ({
  async get(id) {
    const command = new GetCommand({ TableName: table, Key: tradeKey(id), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && tradeFromItem(Item);
  },
});

/** The trades of one party, for functions that run none. */
export function partyTrades(
  client: DynamoDBDocumentClient,
  table: string,
  log: Log,
): Pick<Trades, 'ofParty' | 'forgetParty' | 'timer'> {
  return {
    timer: tradeTimer(client, table).timer,
    ofParty: (account, page, states) => tradesOfParty({ client, table, log }, account, page, states),
    async forgetParty(trade, party) {
      // One by one, because one may be erased already.
      for (const write of forgettingWrites(table, trade, party)) await transact(client, [write]);
    },
  };
}

type Stored = { client: DynamoDBDocumentClient; table: string; log: Log };

const byKeys = ({ client, table }: Stored, keys: readonly Key[]) => getMany(client, table, keys, 'strong');

/** Both sides are read downwards from the same id, so the newest `limit` of both are the next page. */
async function tradesOfParty(
  stored: Stored,
  account: AccountId,
  { after, limit }: PageRequest,
  states?: readonly TradeState[],
): Promise<Page<Trade>> {
  const side = async (index: Index, partition: string) => {
    const range = { table: stored.table, index, partition, after: after?.before, newestFirst: true, limit };
    const { items, more } = await queryRange(stored.client, range);
    return { ids: items.map((item) => item[index.sk] as TradeId), more };
  };
  const both = (buyer: Index, seller: Index, partition: string) =>
    Promise.all([side(buyer, partition), side(seller, partition)]);
  type Side = Awaited<ReturnType<typeof side>>;
  const sides: Side[] = states ? [] : await both(TRADES_BY_BUYER, TRADES_BY_SELLER, account);
  // States are read one after the other, so that a trade that moves between two reads is found in the later state.
  for (const state of states ?? [])
    sides.push(...(await both(TRADES_BY_BUYER_STATE, TRADES_BY_SELLER_STATE, tradesIn(account, state))));
  const all = [...new Set(sides.flatMap(({ ids }) => ids))];
  const ids = all.sort((a, b) => (a < b ? 1 : -1)).slice(0, limit);
  const more = all.length > limit || sides.some((one) => one.more !== undefined);
  const found = pageOf(await byKeys(stored, ids.map(tradeKey)), tradeFromItem, stored.log);
  // The index may lag behind the items.
  const items = found.filter(({ state }) => !states || states.includes(state));
  return more && ids.length ? { items, next: { before: ids.at(-1)! } } : { items };
}

/** Reads one index partition after the other, so that a page is of one of them. */
async function unpaidTrades(stored: Stored, { after, limit }: PageRequest): Promise<Page<Trade>> {
  const shard = Number(after?.shard ?? 0);
  const partition = EXPIRY_PARTITIONS[shard]!;
  const range = { table: stored.table, index: TRADES_BY_EXPIRY, partition, after: after?.at };
  const found = await queryRange(stored.client, { ...range, newestFirst: false, limit });
  const items = pageOf(await byKeys(stored, found.items.map(keyOf)), tradeFromItem, stored.log);
  if (found.more !== undefined) return { items, next: { shard: `${shard}`, at: found.more } };
  return shard + 1 < EXPIRY_PARTITIONS.length ? { items, next: { shard: `${shard + 1}` } } : { items };
}

/** Reads each index partition backwards from `now`, because all earlier entries are due. */
async function dueTrades(stored: Stored, partitions: readonly string[], now: Instant, limit: number) {
  const shards = partitions.map((partition) => {
    const range = { table: stored.table, index: TRADES_BY_EXPIRY, partition, after: expiredBefore(now) };
    return queryRange(stored.client, { ...range, newestFirst: true, limit });
  });
  const found = (await Promise.all(shards)).flatMap(({ items }) => items);
  return rowsOf(await byKeys(stored, found.slice(0, limit).map(keyOf)), tradeFromItem);
}
