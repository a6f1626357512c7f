import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { type ConsumedCapacity, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { declaredTables } from '#stage/resources.ts';
import { type Aim, aimsOf } from './targets.ts';
import { nothing, type Read, type Usage } from './usage.ts';
import { type Target, type Written, writtenOf } from './written.ts';

/** Counts the requests of a store client and of the queue during some work. */
export type Meter = {
  /** Runs the work and returns its usage. Only one may run at a time. */
  during: (work: () => Promise<unknown>) => Promise<Usage>;
  stop: () => void;
};

type Output = { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[]; ScannedCount?: number };
type Args = { input: object };

/**
 * Counts by two methods. The sum of units is the engine's own. The units of each row are computed: a separate client
 * reads every item before and after the write. Throws if the two sums differ.
 */
export function meterOn(client: DynamoDBDocumentClient, stage: string): Meter {
  const looking = awsClient(DynamoDBClient, {});
  const tables = new Map(declaredTables(stage).map((table) => [table.input.TableName!, table]));
  let usage = nothing();

  const imageOf = async ({ TableName, pk, sk }: Aim) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    return (await looking.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  };
  const imagesOf = (aims: Aim[]) => Promise.all(aims.map(imageOf));

  const noteWrites = (aims: Aim[], images: [before: Target['before'][], after: Target['after'][]]) => {
    const targets = aims.map(({ TableName, pk, isCheck, transactional }, at) => ({
      table: TableName,
      pk,
      isCheck,
      transactional,
      before: images[0][at],
      after: images[1][at],
    }));
    const written = targets.flatMap((target) => writtenOf(target, tables.get(target.table)!));
    const short = written.map((row) => ({ ...row, table: shortName(row.table, stage) }));
    usage.writes.push(...short);
    return sum(written);
  };

  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const aims = aimsOf(commandName, args.input);
        const before = await imagesOf(aims);
        (args as Args).input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' };
        usage.calls += 1;
        try {
          const answer = await next(args);
          const output = answer.output as Output;
          const units = unitsOf(output);
          if (aims.length === 0) {
            usage.readUnits += units;
            usage.reads.push(readOf(args.input as Reading, output, units, stage));
            return answer;
          }
          usage.writeUnits += units;
          const named = noteWrites(aims, [before, await imagesOf(aims)]);
          if (named !== units)
            throw new Error(`${commandName}: ${units} units by the engine, ${named} by the rules`);
          return answer;
        } catch (error) {
          // A failed condition costs as much as a write that changes nothing. It is computed, because the engine
          // reports no units for it.
          if (isRefusal(error)) {
            const refused = { before, after: before, how: 'refused' as const };
            const at = usage.writes.length;
            usage.writeUnits += noteWrites(aims, [refused.before, refused.after]);
            for (const row of usage.writes.slice(at)) row.how = refused.how;
          }
          throw error;
        }
      },
    { step: 'initialize', priority: 'high', name: 'pupero-meter' },
  );

  const onRequest = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (String(request.getHeader('x-amz-target') ?? '').startsWith('AmazonSQS.')) usage.sqsRequests += 1;
  };
  diagnostics.subscribe('http.client.request.start', onRequest);

  return {
    async during(work) {
      usage = nothing();
      await work();
      const used = usage;
      usage = nothing();
      return used;
    },
    stop() {
      diagnostics.unsubscribe('http.client.request.start', onRequest);
      client.middlewareStack.remove('pupero-meter');
      looking.destroy();
    },
  };
}

const REFUSALS = ['ConditionalCheckFailedException', 'TransactionCanceledException'];
const isRefusal = (error: unknown) => REFUSALS.includes((error as Error).name);

const sum = (written: Written[]) => written.reduce((total, { units }) => total + units, 0);

/** The table's name without the stage's prefix, such as `trades` for `pupero-test-1-trades`. */
const shortName = (table: string, stage: string) => table.slice(`pupero-${stage}-`.length);

const unitsOf = ({ ConsumedCapacity: consumed = [] }: Output) =>
  [consumed].flat().reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);

type Reading = {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, { Keys?: unknown[] }>;
};

function readOf(input: Reading, { ScannedCount }: Output, units: number, stage: string): Read {
  const [[batch, { Keys = [] }] = ['', { Keys: [] }]] = Object.entries(input.RequestItems ?? {});
  return {
    table: shortName(input.TableName ?? batch, stage),
    ...(input.IndexName && { index: input.IndexName }),
    items: ScannedCount ?? (batch ? Keys.length : 1),
    units,
  };
}
