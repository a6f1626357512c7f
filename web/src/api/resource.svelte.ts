import { Loader } from './loader.svelte.ts';

type Options<T> = {
  /** Loads again at this interval while the page is visible. */
  everyMs?: number;
  /** Gets the value that was shown and the one that replaces it. */
  onchange?: (before: T, after: T) => void;
};

/** One thing of the API. */
export class Resource<T> extends Loader<T> {
  #value = $state.raw<T>();
  readonly #onchange: Options<T>['onchange'];

  constructor(load: () => Promise<T>, { everyMs, onchange }: Options<T> = {}) {
    super(load);
    this.#onchange = onchange;
    // A load that takes longer than the interval must end, because only the newest load is shown.
    const reloadIfIdle = () => {
      if (!this.loading) this.reload();
    };
    if (everyMs !== undefined) $effect(() => whileVisible(everyMs, reloadIfIdle));
  }

  /** Undefined until the first load has succeeded. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Shows the answer of an action, without another load. */
  set(value: T): void {
    this.discardLoads();
    this.#show(value);
  }

  protected override loaded(answer: Promise<T>): void {
    void this.showNewest(
      () => answer,
      (value) => this.#show(value),
    );
  }

  #show(value: T): void {
    const before = this.#value;
    this.#value = value;
    if (before !== undefined) this.#onchange?.(before, value);
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
