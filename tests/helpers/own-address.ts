import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { throttleKey } from '#adapters/dynamodb/keys.ts';
import { addressBucket } from '#core/accounts/throttle.ts';

/** All stories share this address. */
const OWN_ADDRESS = '127.0.0.1';

/** Resets the counts of sign-ups, mails and wrong passwords of this machine. */
export async function forgetOwnAddress(): Promise<void> {
  const client = documentClient();
  try {
    for (const kind of ['sign-up', 'mail', 'password'] as const) {
      const Key = throttleKey(addressBucket(kind, OWN_ADDRESS));
      await client.send(new DeleteCommand({ TableName: process.env.SESSIONS_TABLE, Key }));
    }
  } finally {
    client.destroy();
  }
}
