import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { EngineCall } from './plan.ts';

type Made = new (input: never) => GetItemCommand;
const COMMANDS: Record<string, unknown> = {
  BatchGetItem: BatchGetItemCommand,
  DeleteItem: DeleteItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
};

/** Sends the requests of a plan without any other work, group by group. */
export async function replay(client: DynamoDBClient, groups: readonly EngineCall[][]): Promise<void> {
  for (const group of groups) await Promise.all(group.map((call) => client.send(commandOf(call))));
}

function commandOf({ target, input }: EngineCall): GetItemCommand {
  const Command = COMMANDS[target] as Made | undefined;
  if (!Command) throw new Error(`The bare server knows no ${target}.`);
  return new Command(input as never);
}
