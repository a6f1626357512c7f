import type { Clock } from '#core/time.ts';
import { asInstant } from '#core/time.ts';

export const systemClock: Clock = { now: () => asInstant(Date.now()) };
