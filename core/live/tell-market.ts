import { isRefusal } from '../refusal.ts';
import type { HintQueue } from './ports.ts';

/**
 * Wraps a use case that changes the market. It queues a hint about the market after the use case, except after a
 * refusal or a result of no change: 0, or `changed` of 0.
 */
export const tellMarket =
  <Rest extends unknown[], Result>(hints: HintQueue, useCase: (...call: Rest) => Promise<Result>) =>
  async (...call: Rest): Promise<Result> => {
    const result = await useCase(...call);
    if (!isRefusal(result) && !isNoChange(result)) await hints.send({ kind: 'market' });
    return result;
  };

const isNoChange = (result: unknown) =>
  result === 0 ||
  (typeof result === 'object' && result !== null && 'changed' in result && result.changed === 0);
