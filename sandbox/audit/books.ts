import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { depositOf } from '#adapters/dynamodb/deposit-items.ts';
import { transferFromItem } from '#adapters/dynamodb/ledger.ts';
import { tradeFromItem } from '#adapters/dynamodb/trade-items.ts';
import { withdrawalOf } from '#adapters/dynamodb/withdrawal-items.ts';
import type { Books, Counter } from '#core/audit/audit.ts';
import type { AccountId } from '#core/ids.ts';
import type { Balance, LedgerAccount } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';

type Item = Record<string, unknown>;
type Tables = { ledger: string; trades: string; payments: string; people: string };

/** Every item of a table, by the first word of its key. Only an audit scans a table. */
async function everything(client: DynamoDBDocumentClient, TableName: string): Promise<Map<string, Item[]>> {
  const kinds = new Map<string, Item[]>();
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of page.Items ?? []) {
      const kind = (item.pk as string).split('#', 1)[0]!;
      kinds.set(kind, [...(kinds.get(kind) ?? []), item]);
    }
  }
  return kinds;
}

/** Balances by account; the shards of a house account are summed. */
function balancesOf(items: readonly Item[]): Map<LedgerAccount, Balance> {
  const balances = new Map<LedgerAccount, Balance>();
  for (const item of items) {
    const account = (item.pk as string).slice('BALANCE#'.length) as LedgerAccount;
    const before = balances.get(account);
    const sum = (name: 'available' | 'held', more: bigint = 0n) => asPiconero((item[name] as bigint) + more);
    balances.set(account, {
      availablePiconero: sum('available', before?.availablePiconero),
      heldPiconero: sum('held', before?.heldPiconero),
    });
  }
  return balances;
}

const ACCOUNT = /^(?:PERSON|RECEIVING)#/;

/** The counters behind the limits per account. */
function countersIn(people: readonly Item[], receiving: readonly Item[]): Counter[] {
  const named = (items: readonly Item[], attribute: string, counts: Counter['counts']) =>
    items
      .filter((item) => item[attribute] !== undefined)
      .map((item) => ({
        account: (item.pk as string).replace(ACCOUNT, '') as AccountId,
        counts,
        value: Number(item[attribute]),
      }));
  return [
    ...named(people, 'openTaken', 'open trades it took'),
    ...named(receiving, 'queuedWithdrawals', 'queued withdrawals'),
    ...named(receiving, 'unusedAddresses', 'unused addresses'),
  ];
}

/** The stored part of the books, and the addresses that members were given. */
type StoredBooks = Books & { givenOut: ReadonlySet<string> };

const addressesGivenOut = (items: readonly Item[]) =>
  items.filter(({ accountId }) => accountId !== undefined).map(({ address }) => address as string);

/**
 * Everything that is stored about money, for `audit`. Trades are read before the ledger, because the ledger settles
 * them.
 */
export async function readBooks(client: DynamoDBDocumentClient, tables: Tables): Promise<StoredBooks> {
  const trades = await everything(client, tables.trades);
  const payments = await everything(client, tables.payments);
  const people = await everything(client, tables.people);
  const ledger = await everything(client, tables.ledger);
  return {
    balances: balancesOf(ledger.get('BALANCE') ?? []),
    transfers: (ledger.get('TRANSFER') ?? []).map(transferFromItem),
    trades: (trades.get('TRADE') ?? []).map(tradeFromItem),
    withdrawals: (payments.get('WITHDRAWAL') ?? []).map(withdrawalOf),
    deposits: (payments.get('DEPOSIT') ?? []).map(depositOf),
    counters: countersIn(people.get('PERSON') ?? [], payments.get('RECEIVING') ?? []),
    unusedAddresses: (payments.get('ADDRESS') ?? [])
      .filter(({ countsAsUnused }) => countsAsUnused === true)
      .map(({ accountId }) => accountId as AccountId),
    givenOut: new Set(addressesGivenOut(payments.get('ADDRESS') ?? [])),
  };
}
