import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '#adapters/aws/client.ts';
import { placeOf } from './parameters.ts';
import type { KeyName, KeyStore } from './rotate-keys.ts';

/** The keys in a file of secrets. A write replaces the whole file at once, so that no reader sees half of it. */
export function keysInFile(file: string): KeyStore {
  const content = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new Error(`${file} cannot be read: ${(error as Error).message}`);
    }
  };
  return {
    async read(name) {
      return content()[name] ?? missing(name, file);
    },
    async write(name, text) {
      const whole = `${JSON.stringify({ ...content(), [name]: text }, undefined, 2)}\n`;
      const next = `${file}.${process.pid}.next`;
      writeFileSync(next, whole, { mode: statSync(file).mode & 0o600, flush: true });
      renameSync(next, file);
    },
  };
}

/** The keys of a stage in Parameter Store. */
export function keysInParameterStore(stage: string): KeyStore {
  const client = awsClient(SSMClient, {});
  return {
    async read(name) {
      const { Parameter } = await client.send(
        new GetParameterCommand({ Name: placeOf(stage, name), WithDecryption: true }),
      );
      return Parameter?.Value ?? missing(name, `/pupero/${stage}`);
    },
    async write(name, Value) {
      const Name = placeOf(stage, name);
      await client.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));
    },
  };
}

function missing(name: KeyName, place: string): never {
  throw new Error(`There is no ${name} in ${place}.`);
}
