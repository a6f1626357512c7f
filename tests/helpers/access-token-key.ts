import { keysInFile, keysInParameterStore } from '#deploy/key-stores.ts';
import { theSandbox } from './sandbox.ts';

/**
 * The private key that signs access tokens here. With it a test makes tokens that have one fault each and a valid
 * signature.
 */
export async function accessTokenKey(): Promise<JsonWebKey> {
  const { gateway, stage } = theSandbox();
  const store = gateway === 'offline' ? keysInFile(process.env.SECRETS_FILE!) : keysInParameterStore(stage);
  return JSON.parse(await store.read('ACCESS_TOKEN_PRIVATE_KEY'));
}
