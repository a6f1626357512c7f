import { isRefusal } from '../refusal.ts';
import type { HintQueue } from './ports.ts';

/** A use case that changes the market, with a hint to everybody after it succeeded. The result 0 says that it changed nothing. */
export const tellMarket =
  <Rest extends unknown[], Result>(hints: HintQueue, useCase: (...call: Rest) => Promise<Result>) =>
  async (...call: Rest): Promise<Result> => {
    const result = await useCase(...call);
    if (!isRefusal(result) && result !== 0) await hints.send({ kind: 'market' });
    return result;
  };
