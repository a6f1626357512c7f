import { faultsField } from './problem.ts';

/** One thing a button does: not twice at once, and its failure stays to be read until the next try. */
export class Action {
  busy = $state(false);
  error = $state.raw<unknown>();

  /** @returns whether it was done */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = undefined;
    try {
      await work();
      return true;
    } catch (cause) {
      this.error = cause;
      return false;
    } finally {
      this.busy = false;
    }
  }

  faults = (field: string): boolean => faultsField(this.error, field);
}
