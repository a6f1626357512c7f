import { NodeRpc } from '#sandbox/chain/node-rpc.ts';
import { invokeFunction } from '#sandbox/parts/functions.ts';
import { theSandbox } from './sandbox.ts';

/** Mines blocks to the house at once. Nobody looks at them until a function that watches is invoked. */
export function mine(count: number): Promise<{ height: number }> {
  const { nodeUrl, houseAddress } = theSandbox();
  return new NodeRpc(nodeUrl).mine(houseAddress, count);
}

/** Runs a function as its schedule or its queue would. */
export function invoke(functionName: string, event: unknown = {}): Promise<unknown> {
  const { lambdaUrl, stage } = theSandbox();
  return invokeFunction({ lambdaUrl, stage }, functionName, event);
}
