import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';

/** One database request as it was sent: the operation's name and its JSON. */
export type EngineCall = { target: string; input: Record<string, unknown> };

/** The database requests of some work. Groups are sent one after the other, and the calls of a group in parallel. */
export type Plan = { label: string; groups: EngineCall[][]; body: string };

/** Runs some work and records its database requests, in order. */
export async function recorded(
  client: DynamoDBDocumentClient,
  work: () => Promise<unknown>,
): Promise<EngineCall[][]> {
  const groups: EngineCall[][] = [];
  let inFlight = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const { headers, body } = args.request as {
        headers: Record<string, string>;
        body: string | Uint8Array;
      };
      const target = (headers['x-amz-target'] ?? '').split('.').at(-1)!;
      if (inFlight === 0) groups.push([]);
      groups.at(-1)!.push({ target, input: JSON.parse(Buffer.from(body).toString()) });
      inFlight += 1;
      try {
        return await next(args);
      } finally {
        inFlight -= 1;
      }
    },
    { step: 'finalizeRequest', priority: 'high', name: 'pupero-recorder' },
  );
  try {
    await work();
    return groups;
  } finally {
    client.middlewareStack.remove('pupero-recorder');
  }
}

/** Records the database requests of some work with a client that sends none. */
export async function unsent(
  work: (client: DynamoDBDocumentClient) => Promise<unknown>,
): Promise<EngineCall[][]> {
  const client = documentClient();
  client.middlewareStack.add(() => async () => ({ output: { $metadata: {} }, response: {} }), {
    step: 'finalizeRequest',
    priority: 'low',
    name: 'pupero-nothing-sent',
  });
  return recorded(client, () => work(client));
}

type Expressions = {
  ConditionExpression?: string;
  UpdateExpression?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

/**
 * A request that can be sent repeatedly. It has no condition, because most conditions hold only once, and none of the
 * names and values that only the condition used. A ConditionCheck consists of its condition, and gets one that always
 * holds.
 */
export function repeatable({ target, input }: EngineCall): EngineCall {
  if (target !== 'TransactWriteItems') return { target, input: unconditional(input) };
  const parts = input.TransactItems as Record<string, Record<string, unknown>>[];
  const TransactItems = parts.map((part) =>
    Object.fromEntries(
      Object.entries(part).map(([kind, write]) => [
        kind,
        kind === 'ConditionCheck' ? alwaysHolding(write) : unconditional(write),
      ]),
    ),
  );
  return { target, input: { TransactItems } };
}

const alwaysHolding = ({ TableName, Key }: Record<string, unknown>) => ({
  TableName,
  Key,
  ConditionExpression: 'attribute_exists(pk)',
});

function unconditional(input: Record<string, unknown>): Record<string, unknown> {
  const { ConditionExpression: _, ...rest } = input as Expressions;
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values, ...others } = rest;
  const said = Object.entries(others)
    .filter(([name]) => name.endsWith('Expression'))
    .map(([, words]) => String(words))
    .join(' ');
  const mentioned = (name: string) => new RegExp(`${name.replace('#', '[#]')}(?!\\w)`).test(said);
  return {
    ...others,
    ...kept('ExpressionAttributeNames', names),
    ...kept('ExpressionAttributeValues', values),
  };

  function kept(where: string, all: Record<string, unknown> | undefined) {
    const used = Object.entries(all ?? {}).filter(([name]) => mentioned(name));
    return used.length > 0 ? { [where]: Object.fromEntries(used) } : {};
  }
}
