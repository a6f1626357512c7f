import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '../aws/client.ts';

/**
 * Reads secrets of AWS Systems Manager's Parameter Store, decrypted. One request reads one secret, because emulators do
 * not check a role's permission for a request of several. The SDK repeats a request, because many functions that start
 * at once may exceed the account's limit.
 *
 * @param path of all secrets, such as `/pupero/dev`
 * @returns the stored values, by name without the path
 * @throws an Error that names the secret that cannot be read
 */
export async function storedSecrets(
  path: string,
  names: readonly string[],
): Promise<Record<string, string | undefined>> {
  const client = awsClient(SSMClient, { maxAttempts: 6 });
  try {
    const values = await Promise.all(names.map((name) => stored(client, `${path}/${name}`)));
    return Object.fromEntries(names.map((name, at) => [name, values[at]]));
  } finally {
    client.destroy();
  }
}

async function stored(client: SSMClient, Name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    const { name, message } = error as Error;
    throw new Error(`The secret ${Name} cannot be read: ${name}: ${message}`, { cause: error });
  }
}
