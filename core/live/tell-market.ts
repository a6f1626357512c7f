import { isRefusal } from '../refusal.ts';
import type { HintQueue } from './ports.ts';

/**
 * Wraps a use case that changes the market. It queues a hint about the market after the use case, except after a
 * refusal or the result 0, which stands for no change.
 */
export const tellMarket =
  <Rest extends unknown[], Result>(hints: HintQueue, useCase: (...call: Rest) => Promise<Result>) =>
  async (...call: Rest): Promise<Result> => {
    const result = await useCase(...call);
    if (!isRefusal(result) && result !== 0) await hints.send({ kind: 'market' });
    return result;
  };
