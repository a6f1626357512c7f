// Runs before every file of stories: resets the count of sign-ups from this machine. All files share its one address,
// which may open 300 accounts at once, and then one every 12 s.
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { throttleKey } from '#adapters/dynamodb/keys.ts';
import { signUpBucket } from '#core/accounts/throttle.ts';

beforeAll(async () => {
  const client = documentClient();
  try {
    const Key = throttleKey(signUpBucket('127.0.0.1'));
    await client.send(new DeleteCommand({ TableName: process.env.SESSIONS_TABLE, Key }));
  } finally {
    client.destroy();
  }
});
