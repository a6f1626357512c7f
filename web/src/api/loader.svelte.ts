import { untrack } from 'svelte';
import { connection } from './connection.svelte.ts';

/**
 * Loads data of the API for the component that creates it. It loads again when the state that `load` reads changes,
 * when the connection is back, and after `reload`. Only the newest load is shown. `Resource` holds one thing, and
 * `Pages` a list.
 */
export abstract class Loader<Answer> {
  loading = $state(true);
  error = $state.raw<unknown>();
  #newest = 0;
  #reloads = $state(0);

  constructor(load: () => Promise<Answer>) {
    let trigger = '';
    $effect(() => {
      const previous = trigger;
      trigger = `${this.#reloads} ${connection.revision}`;
      const isReload = previous !== '' && previous !== trigger;
      const answer = load();
      untrack(() => this.loaded(answer, isReload));
    });
  }

  reload(): void {
    this.#reloads += 1;
  }

  /** @param isReload false for the first load, and when the state that `load` reads has changed */
  protected abstract loaded(answer: Promise<Answer>, isReload: boolean): void;

  /**
   * Shows the result of `read`, or its error, unless a newer load has started since.
   * @param read gets a function that tells whether its load is still the newest
   */
  protected async showNewest<R>(
    read: (isNewest: () => boolean) => Promise<R>,
    show: (result: R) => void,
  ): Promise<void> {
    this.#newest += 1;
    const load = this.#newest;
    const isNewest = () => load === this.#newest;
    this.loading = true;
    try {
      const result = await read(isNewest);
      if (!isNewest()) return;
      show(result);
      this.error = undefined;
    } catch (cause) {
      if (isNewest()) this.error = cause;
    } finally {
      if (isNewest()) this.loading = false;
    }
  }

  /** Ignores the loads in flight, because something newer than their results is known. */
  protected discardLoads(): void {
    this.#newest += 1;
    this.loading = false;
    this.error = undefined;
  }
}
