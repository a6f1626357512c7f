import { untrack } from 'svelte';
import type { Hint, HintType } from '#core/live/kinds.ts';
import { hints, onHint } from '../live/hints.svelte.ts';
import { connection } from './connection.svelte.ts';

export type LoaderOptions = {
  /** Loads again at this interval while the page is visible. With `hints`, at least 15 s while a WebSocket is open. */
  everyMs?: number;
  /** Loads again when one of these has changed. */
  hints?: HintType | readonly HintType[];
  /** Whether a hint of these types concerns the shown data. By default each does. */
  concerns?: (hint: Hint) => boolean;
};

/** Shortest interval while a WebSocket is open. Polling continues, because a hint may be lost. */
const RARELY_MS = 15_000;

/**
 * Loads data of the API for the component that creates it. It loads again when the state that `load` reads changes,
 * when the connection is back, at an interval, for a hint, and after `reload`. Only the newest load is shown.
 * `Resource` holds one thing, and `Pages` a list.
 */
export abstract class Loader<Answer> {
  loading = $state(true);
  error = $state.raw<unknown>();
  #newest = 0;
  #reloads = $state(0);
  /** Whether a load in flight may have missed a change. */
  #isOutdated = false;
  #waiting: (() => void)[] = [];

  constructor(load: () => Promise<Answer>, { everyMs, concerns, hints: types }: LoaderOptions = {}) {
    let trigger = '';
    $effect(() => {
      const previous = trigger;
      trigger = `${this.#reloads} ${connection.revision}`;
      const isReload = previous !== '' && previous !== trigger;
      const answer = load();
      untrack(() => this.loaded(answer, isReload));
    });
    if (everyMs !== undefined)
      $effect(() => {
        const isRare = types !== undefined && hints.arrive;
        // A load that takes longer than the interval must end, because only the newest load is shown.
        return whileVisible(isRare ? Math.max(everyMs, RARELY_MS) : everyMs, () => {
          if (!this.loading) this.reload();
        });
      });
    if (types !== undefined)
      onHint(types, (hint) => {
        if (!hint || (concerns?.(hint) ?? true)) this.#noteChange();
      });
  }

  /** Waits for a load in flight, because hints in quick succession would discard every load. */
  #noteChange(): void {
    if (this.loading) this.#isOutdated = true;
    else this.reload();
  }

  reload(): void {
    this.#reloads += 1;
  }

  /** Resolves when no load is in flight, also after an error. */
  async settled(): Promise<void> {
    if (this.loading) await new Promise<void>((resolve) => this.#waiting.push(resolve));
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
      if (isNewest()) this.#ended();
    }
  }

  #ended(): void {
    this.loading = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (!this.#isOutdated) return;
    this.#isOutdated = false;
    this.reload();
  }

  /** Ignores the loads in flight, because something newer than their results is known. */
  protected discardLoads(): void {
    this.#newest += 1;
    this.error = undefined;
    this.#ended();
  }
}

/** Calls `run` at an interval while the page is visible, and when it becomes visible. @returns the clean-up */
function whileVisible(everyMs: number, run: () => void): () => void {
  const runIfVisible = () => {
    if (!document.hidden) run();
  };
  const timer = setInterval(runIfVisible, everyMs);
  document.addEventListener('visibilitychange', runIfVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', runIfVisible);
  };
}
