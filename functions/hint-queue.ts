import { queueClient } from '#adapters/sqs/client.ts';
import { sqsHintQueue } from '#adapters/sqs/hint-queue.ts';
import type { HintQueue } from '#core/live/ports.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';

/** The queue of hints. It is tried once, because a hint may be lost. */
export const hintQueue = (config: Config<'LIVE_QUEUE_URL'>): HintQueue =>
  sqsHintQueue(queueClient({ maxAttempts: 1 }), config.LIVE_QUEUE_URL, log);
