import type { Subscriber } from '../events/ports.ts';
import { hintsOf, jobsOf } from './hints.ts';
import type { HintQueue } from './ports.ts';

/** Queues the hints of events. */
export const queueHints =
  (queue: HintQueue): Subscriber =>
  async (event) => {
    for (const job of jobsOf(hintsOf(event))) await queue.send(job);
  };
