import type { Invariant } from '../auditor/invariants.ts';
import type { Patch } from '../commands/patches.ts';

/** A fault that somebody could make, or has made. The build plants it; the core knows nothing of it. */
export type Fault = {
  name: string;
  /** One sentence. */
  what: string;
  patches: readonly Patch[];
  /** The invariant that finds it. */
  finds: Invariant;
};
