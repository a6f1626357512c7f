import { sandboxNode } from '#sandbox/chain/node.ts';
import { invokeFunction } from '#sandbox/parts/invoke.ts';
import { theSandbox } from './sandbox.ts';

/** Mines blocks to the house at once. No function reads them until one is invoked. */
export function mine(count: number): Promise<{ height: number }> {
  const { nodeUrl, houseAddress } = theSandbox();
  return sandboxNode(nodeUrl).mine(houseAddress, count);
}

/** Runs a function as its schedule or its queue would. @param functionName its short name */
export function invoke(functionName: string, event: unknown = {}): Promise<unknown> {
  const { lambdaUrl, stage } = theSandbox();
  return invokeFunction({ lambdaUrl, stage }, functionName, event);
}
