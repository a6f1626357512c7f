import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

/**
 * Secrets out of AWS Systems Manager's Parameter Store, decrypted. One request each, so that a role names just the
 * parameters that its function may read (emulators do not check the request that takes several). A burst of starts
 * may meet the account's limit, so it is tried again a few times.
 *
 * @param path of them all, as `/pupero/dev`
 * @returns the values that are there, by name without the path
 * @throws an Error that names the one that cannot be read
 */
export async function storedSecrets(
  path: string,
  names: readonly string[],
): Promise<Record<string, string | undefined>> {
  const client = new SSMClient({ maxAttempts: 6 });
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
