import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Log } from '#core/log.ts';
import type { Trades } from '#core/trades/ports.ts';
import { HOLDS_BY_AGE, heldBefore, TRADE_HOLDS } from './indexes.ts';
import { pageOf } from './items.ts';
import { keyOf } from './keys.ts';
import { transferFromItem } from './ledger.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { getMany, queryKeys } from './query.ts';
import { transact } from './transact.ts';

/** The holds of trades in the ledger that are not settled. */
export function tradeHolds(
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Trades, 'heldBefore' | 'settleHold'> {
  return {
    async heldBefore(before, { after, limit }) {
      const range = { table, index: HOLDS_BY_AGE, partition: TRADE_HOLDS, to: heldBefore(before) };
      // One character more than the last key, so that it is not read again.
      const from = after && { from: `${after.at} ` };
      const found = await queryKeys(client, { ...range, ...from, limit });
      const rows = pageOf(await getMany(client, table, found.map(keyOf), 'strong'), transferFromItem, log);
      const last = found.length === limit ? found.at(-1) : undefined;
      // The index may lag behind the items.
      const items = rows.filter(({ status }) => status === 'pending');
      return { items, ...(last && { next: { at: last[HOLDS_BY_AGE.sk] as string } }) };
    },
    async settleHold(move) {
      const failed = await transact(client, ledgerWrites(table, [move]));
      if (failed === 'insufficient_funds') throw new Error(`the hold ${move.transfer.id} is not covered`);
      return failed;
    },
  };
}
