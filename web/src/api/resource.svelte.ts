import { Loader, type LoaderOptions } from './loader.svelte.ts';

type Options<T> = LoaderOptions & {
  /** Gets the value that was shown and the one that replaces it. */
  onchange?: (before: T, after: T) => void;
};

/** One thing of the API. */
export class Resource<T> extends Loader<T> {
  #value = $state.raw<T>();
  readonly #onchange: Options<T>['onchange'];

  constructor(load: () => Promise<T>, { onchange, ...options }: Options<T> = {}) {
    super(load, options);
    this.#onchange = onchange;
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

/** Waits for the first load of each, also if it fails. */
export async function settled(...resources: Pick<Resource<unknown>, 'value' | 'settled'>[]): Promise<void> {
  await Promise.all(resources.filter(({ value }) => value === undefined).map((one) => one.settled()));
}
