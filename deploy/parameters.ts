import {
  DeleteParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { awsClient } from '#adapters/aws/client.ts';
import { SECRETS } from '#functions/config.ts';
import { type DeploySecrets, newDeploySecrets } from '#stage/deploy-secrets.ts';

/**
 * Stored as a plain String, because the template refers to it for CloudFront, and such a reference cannot read a
 * SecureString.
 */
const IN_CLEAR = 'EDGE_KEY';
const PAIR = ['ACCESS_TOKEN_PUBLIC_KEY', 'ACCESS_TOKEN_PRIVATE_KEY'];

/** The place of a secret of a stage. */
export const placeOf = (stage: string, name: string) => `/pupero/${stage}/${name}`;

/** The secrets of a stage that Parameter Store lacks, by name. */
export async function missingSecrets(stage: string): Promise<string[]> {
  const client = awsClient(SSMClient, {});
  const Names = SECRETS.map((name) => placeOf(stage, name));
  const { Parameters = [] } = await client.send(new GetParametersCommand({ Names }));
  const there = new Set(Parameters.map(({ Name }) => Name));
  return SECRETS.filter((name) => !there.has(placeOf(stage, name)));
}

/**
 * The version of EDGE_KEY, which the template refers to. With the version in the reference, CloudFormation notices a
 * new key.
 */
export async function edgeKeyVersion(stage: string): Promise<string> {
  const { Parameter } = await awsClient(SSMClient, {}).send(
    new GetParameterCommand({ Name: placeOf(stage, IN_CLEAR) }),
  );
  return String(Parameter?.Version ?? 1);
}

/**
 * Stores the missing secrets; existing ones are never overwritten. `given` values are stored unchanged, the rest is
 * random.
 *
 * @returns the names of the stored secrets
 * @throws an Error if only one half of the key pair exists
 */
export async function makeSecrets(stage: string, given: Partial<DeploySecrets> = {}): Promise<string[]> {
  const missing = await missingSecrets(stage);
  const half = PAIR.filter((name) => missing.includes(name));
  if (half.length === 1)
    throw new Error(`${placeOf(stage, half[0]!)} is missing, but its other half exists: delete that too.`);
  const values = { ...newDeploySecrets(), ...given };
  const client = awsClient(SSMClient, {});
  for (const name of missing as (typeof SECRETS)[number][]) {
    const Type = name === IN_CLEAR ? 'String' : 'SecureString';
    await client.send(new PutParameterCommand({ Name: placeOf(stage, name), Value: values[name], Type }));
  }
  return missing;
}

/** Deletes the existing secrets of a stage. @returns their names */
export async function deleteSecrets(stage: string): Promise<string[]> {
  const client = awsClient(SSMClient, {});
  const Names = SECRETS.map((name) => placeOf(stage, name));
  const { DeletedParameters = [] } = await client.send(new DeleteParametersCommand({ Names }));
  return DeletedParameters.map((place) => place.split('/').at(-1)!).sort();
}
