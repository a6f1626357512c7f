import type { Invariant } from '../auditor/invariants.ts';
import type { Patch } from '../commands/patches.ts';

/** A fault that the build plants into the core by patches. */
export type Fault = {
  name: string;
  /** One clause, as in docs/simulation.md. */
  description: string;
  patches: readonly Patch[];
  /** The invariant that finds it. */
  finds: Invariant;
};
