import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { provisionTables } from '#sandbox/provision.ts';

/** Tables of one suite's own, as infra/tables declares them: what it leaves behind meets nobody. */
export async function ownTables(): Promise<{ payments: string; ledger: string; secondFactors: string }> {
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const client = new DynamoDBClient({});
  await provisionTables(client, stage);
  client.destroy();
  return {
    payments: `pupero-${stage}-payments`,
    ledger: `pupero-${stage}-ledger`,
    secondFactors: `pupero-${stage}-second-factors`,
  };
}
