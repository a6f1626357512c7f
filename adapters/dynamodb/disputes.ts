import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Disputes } from '#core/disputes/ports.ts';
import { disputesThatAre, TRADES_BY_DISPUTE } from './indexes.ts';
import { pageOf } from './items.ts';
import { keyOf } from './keys.ts';
import { auditWrite } from './moderation.ts';
import type { StoreParts } from './outbox.ts';
import { getMany, queryRange } from './query.ts';
import { tradeFromItem } from './trade-items.ts';
import { saveTrade, type TradeTables } from './trades.ts';

/** Disputed trades in the table of trades, and the decisions on them in the audit log. */
export function dynamoDisputes(
  client: DynamoDBDocumentClient,
  tables: TradeTables & { moderation: string },
  { events, log }: StoreParts,
): Disputes {
  return {
    async list(isOpen, { after, limit }) {
      const { items: found, more } = await queryRange(client, {
        table: tables.trades,
        index: TRADES_BY_DISPUTE,
        partition: disputesThatAre(isOpen),
        after: after?.at,
        newestFirst: true,
        limit,
      });
      const items = pageOf(
        await getMany(client, tables.trades, found.map(keyOf), 'strong'),
        tradeFromItem,
        log,
      );
      return { items, ...(more !== undefined && { next: { at: more } }) };
    },
    resolve: (advanced, entry, proof) =>
      saveTrade({ client, tables, events }, advanced, {
        proof,
        others: [auditWrite(tables.moderation, entry)],
      }),
  };
}
