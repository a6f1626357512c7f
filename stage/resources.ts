import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateTableCommandInput, TimeToLiveSpecification } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';

export type TableResource = {
  /** The logical name in the template, such as `SecondFactorsTable`. */
  logicalId: string;
  input: CreateTableCommandInput;
  ttl?: TimeToLiveSpecification;
};
export type QueueResource = {
  logicalId: string;
  name: string;
  attributes: Record<string, string>;
  deadLettersTo?: string;
};

type Resource = { Type: string; Properties: Record<string, unknown> };

const infra = join(import.meta.dirname, '..', 'infra');

/** The tables of infra/tables, as the input of DynamoDB's CreateTable. */
export function declaredTables(stage: string): TableResource[] {
  const files = readdirSync(join(infra, 'tables')).filter((name) => name.endsWith('.yml'));
  return files.flatMap((name) =>
    Object.entries(resourcesOf(join(infra, 'tables', name), stage)).map(toTable),
  );
}

/** A stage's table names by the variable that passes each to the functions: `LEDGER_TABLE: 'pupero-dev-ledger'`. */
export function tableNames(stage: string): Record<string, string> {
  const tables = declaredTables(stage);
  return Object.fromEntries(
    tables.map(({ logicalId, input }) => [tableVariable(logicalId), input.TableName ?? '']),
  );
}

/** The environment variable that passes a table's name to a function: `SecondFactorsTable`, `SECOND_FACTORS_TABLE`. */
export const tableVariable = (logicalId: string): string =>
  logicalId.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** The queues of infra/queues.yml. Dead-letter queues come first, because other queues refer to them. */
export function declaredQueues(stage: string): QueueResource[] {
  const queues = Object.entries(resourcesOf(join(infra, 'queues.yml'), stage)).map(toQueue);
  return queues.sort((a, b) => Number(a.deadLettersTo !== undefined) - Number(b.deadLettersTo !== undefined));
}

function toTable([logicalId, { Properties }]: [string, Resource]): TableResource {
  const { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = Properties;
  const input = { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes };
  return {
    logicalId,
    input: input as CreateTableCommandInput,
    ttl: Properties.TimeToLiveSpecification as TimeToLiveSpecification | undefined,
  };
}

function toQueue([logicalId, { Properties }]: [string, Resource]): QueueResource {
  const { QueueName, RedrivePolicy, ...plain } = Properties;
  const redrive = RedrivePolicy as { deadLetterTargetArn: string; maxReceiveCount: number } | undefined;
  const attributes = Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)]));
  if (redrive) attributes.maxReceiveCount = String(redrive.maxReceiveCount);
  return {
    logicalId,
    name: String(QueueName),
    attributes,
    deadLettersTo: redrive?.deadLetterTargetArn.split('.')[0],
  };
}

/** CloudFormation's own tags (!GetAtt, !Sub, !Ref) are kept as text. */
function resourcesOf(file: string, stage: string): Record<string, Resource> {
  const text = readFileSync(file, 'utf8').replace(/\$\{sls:stage\}/g, stage);
  const tags = ['!GetAtt', '!Sub', '!Ref'].map((tag) => ({ tag, resolve: (value: string) => value }));
  return parse(text, { customTags: tags }).Resources;
}
