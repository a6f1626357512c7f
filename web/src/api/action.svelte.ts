import { faultsField } from './problem.ts';

/** The state of a button's action. It runs once at a time, and keeps its error until the next run. */
export class Action {
  busy = $state(false);
  error = $state.raw<unknown>();

  /** @returns whether `work` succeeded */
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
