import { type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import type { HaltName } from './states.ts';

/** Everybody reads the reason. */
export type Halt = { reason: string; since: Instant };

/** The halts that are on. */
export type Halts = { [name in HaltName]?: Halt } & {
  /** Raised by each change; 0 before the first one. */
  version: number;
};

export const NO_HALTS: Halts = { version: 0 };

/** The refusal of something that is halted; `undefined` if it is not. */
export function refusedByHalt(halts: Halts, name: HaltName): Refusal | undefined {
  const halt = halts[name];
  return halt && refusal('halted', { state: name, detail: halt.reason });
}
