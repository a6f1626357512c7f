import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { knownPlaceKey, throttleKey } from '#adapters/dynamodb/keys.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { addressBucket, nameDigest } from '#core/accounts/throttle.ts';

/** All stories share this address. */
const OWN_ADDRESS = '127.0.0.1';

/** Resets the counts of sign-ups, mails and wrong passwords of this machine. */
export const forgetOwnAddress = () =>
  forget(
    (['sign-up', 'mail', 'password'] as const).map((kind) => throttleKey(addressBucket(kind, OWN_ADDRESS))),
  );

/** Makes this machine's address one from which the account never signed in, as a stranger's is. */
export const becomeStrangerTo = (username: string) =>
  forget([knownPlaceKey(`${nameDigest(randomSecrets, username)}#${OWN_ADDRESS}`)]);

async function forget(keys: { pk: string; sk: string }[]): Promise<void> {
  const client = documentClient();
  try {
    for (const Key of keys)
      await client.send(new DeleteCommand({ TableName: process.env.SESSIONS_TABLE, Key }));
  } finally {
    client.destroy();
  }
}
