import { moneroNode } from '#adapters/monero/node.ts';
import { sandboxNode } from '#sandbox/chain/node.ts';
import { invokeFunction } from '#sandbox/parts/invoke.ts';
import { untilPoolIsMinable } from './minable-pool.ts';
import { flushPool, reorganise } from './rewrite-chain.ts';
import { theSandbox } from './sandbox.ts';

/**
 * Mines blocks to the house at once. The first block contains every transaction of the pool. Functions read the blocks
 * only when they are invoked.
 */
export async function mine(count: number): Promise<{ height: number }> {
  const { nodeUrl, houseAddress } = theSandbox();
  await untilPoolIsMinable(nodeUrl);
  return sandboxNode(nodeUrl).mine(houseAddress, count);
}

/** Puts a signed transaction, in hex, into the node's pool. */
export async function relay(blob: string): Promise<void> {
  const outcome = await moneroNode(theSandbox().nodeUrl).send(blob);
  if (outcome !== 'accepted') throw new Error(`The node did not take the transaction: ${outcome}`);
}

/** Removes a transaction from the node's pool, so that no node knows it. */
export const forget = (txid: string): Promise<void> => flushPool(theSandbox().nodeUrl, [txid]);

/** Replaces the newest `depth` blocks, and removes one of their transactions from the pool. */
export async function takeBack(txid: string, depth: number): Promise<void> {
  const { nodeUrl, houseAddress } = theSandbox();
  await reorganise(nodeUrl, depth, houseAddress);
  await forget(txid);
}

/** Runs a function as its schedule or its queue would. @param functionName its short name */
export function invoke(functionName: string, event: unknown = {}): Promise<unknown> {
  const { lambdaUrl, stage } = theSandbox();
  return invokeFunction({ lambdaUrl, stage }, functionName, event);
}
