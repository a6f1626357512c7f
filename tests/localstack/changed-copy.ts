import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const service = [
  'contract',
  'core',
  'adapters',
  'functions',
  'infra',
  'stage',
  'deploy/native-parts.ts',
  'deploy/websockets-on-emulator.ts',
  'package.json',
  'serverless.yml',
  'tsconfig.json',
];

/** The route that only the changed copy has. */
export const TRIES = '/tries';

/** A next version of auth. It tries forbidden actions and reports the results. */
const nextAuth = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '../../adapters/aws/client.ts';
import { handler as before } from './handler.ts';

const { LEDGER_TABLE: TableName = '', SECRETS_PATH } = process.env;
const outcomeOf = (tried) => tried.then(() => 'done', ({ name }) => name);

export const handler = async (event, context) => {
  if (event.routeKey !== 'GET ${TRIES}') return before(event, context);
  const Item = { pk: { S: 'BALANCE#thief' }, sk: { S: 'BALANCE' }, available: { N: '1' } };
  const Name = SECRETS_PATH + '/MONERO_WALLET_RPC_PASSWORD';
  const body = {
    writingTheLedger: await outcomeOf(awsClient(DynamoDBClient, {}).send(new PutItemCommand({ TableName, Item }))),
    readingTheWalletsSecret: await outcomeOf(awsClient(SSMClient, {}).send(new GetParameterCommand({ Name }))),
  };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
};
`;

/** Changes the service in `folder`: a new index of a table, a new route, and a function that answers it. */
export function changedCopy(folder: string): void {
  for (const name of service) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const lastKey = '        - { AttributeName: sk, KeyType: RANGE }\n';
  const index = `      GlobalSecondaryIndexes:
        - IndexName: by-test
          KeySchema: [{ AttributeName: sk, KeyType: HASH }]
          Projection: { ProjectionType: KEYS_ONLY }
`;
  replace(folder, 'infra/tables/halts.yml', lastKey, `${lastKey}${index}`);
  writeFileSync(join(folder, 'functions/auth/next.ts'), nextAuth);
  const declaration = 'functions/auth/functions.ts';
  const handler = "handler: 'functions/auth/handler.handler',";
  const changed = "handler: 'functions/auth/next.handler', unusedTables: ['LedgerTable'],";
  replace(folder, declaration, handler, changed);
  replace(folder, declaration, 'serves: [', `serves: [{ tries: { route: 'GET ${TRIES}', success: {} } }, `);
}

/** Throws if there is nothing to replace, because an update without a change would prove nothing. */
function replace(folder: string, file: string, old: string, fresh: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(old))
    throw new Error(`${file} has no "${old.trim()}" any more; changed-copy.ts wants it.`);
  writeFileSync(
    path,
    text.replace(old, () => fresh),
  );
}
