import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { asPiconero } from '#core/money/xmr.ts';
import type { Draw, Faucet } from '#core/sandbox/ports.ts';
import { rememberWrite } from './idempotency.ts';
import { drawnKey, FAUCET_KEY } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import type { Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** The faucet's stock in one item that all draws share, and an item for each account and day with its sum. */
export function dynamoFaucet(
  client: DynamoDBDocumentClient,
  table: string,
  { events }: Pick<StoreParts, 'events'>,
): Faucet {
  return {
    async stock() {
      const command = new GetCommand({ TableName: table, Key: FAUCET_KEY, ConsistentRead: true });
      const { Item } = await client.send(command);
      return {
        leftPiconero: asPiconero((Item?.leftPiconero as bigint | undefined) ?? 0n),
        height: Number(Item?.height ?? 0),
      };
    },

    async restock({ from, change, height }) {
      const command = new UpdateCommand({
        TableName: table,
        Key: FAUCET_KEY,
        UpdateExpression: 'SET height = :height ADD leftPiconero :change',
        // Two watchers at once: one count is added.
        ConditionExpression: from.height === 0 ? 'attribute_not_exists(pk)' : 'height = :from',
        ExpressionAttributeValues: {
          ':height': height,
          ':change': change,
          ...(from.height !== 0 && { ':from': from.height }),
        },
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'changed_since';
    },

    async draw(draw) {
      const writes = [
        rememberWrite(table, draw.remembered),
        drawnWrite(table, draw),
        stockWrite(table, draw),
        ...ledgerWrites(table, [draw.move], { account: draw.move.transfer.credit, balance: draw.seen }),
      ];
      const failed = await transactWithEvents(client, writes, [draw.event], events);
      if (failed === 'insufficient_funds' || failed === 'already_settled')
        throw new Error(`a draw was ${failed}`);
      return failed;
    },
  };
}

/** The race it closes: parallel draws of one account that are each within the limit and together above it. */
const drawnWrite = (
  TableName: string,
  { account, day, dailyLimit, move: { transfer } }: Draw,
): Write<'amount_out_of_range'> => ({
  Update: {
    TableName,
    Key: drawnKey(account, day),
    UpdateExpression: 'ADD drawn :amount',
    ConditionExpression: 'attribute_not_exists(drawn) OR drawn <= :room',
    ExpressionAttributeValues: {
      ':amount': transfer.amountPiconero,
      ':room': dailyLimit - transfer.amountPiconero,
    },
  },
  ifNot: 'amount_out_of_range',
});

/** The race it closes: parallel draws of many accounts that together exceed the stock. */
const stockWrite = (TableName: string, { move: { transfer } }: Draw): Write<'empty'> => ({
  Update: {
    TableName,
    Key: FAUCET_KEY,
    UpdateExpression: 'ADD leftPiconero :drawn',
    ConditionExpression: 'leftPiconero >= :amount',
    ExpressionAttributeValues: { ':drawn': -transfer.amountPiconero, ':amount': transfer.amountPiconero },
  },
  ifNot: 'empty',
});
