import { untrack } from 'svelte';
import { connection } from './connection.svelte.ts';

type Page<T> = { items: T[]; nextCursor?: string };

/** A page may be short, or empty, though more follows: an empty beginning is skipped this many times. */
const EMPTY_PAGES_SKIPPED = 5;

/** A list read page by page; it begins anew when what `load` reads changes. */
export class Pages<T> {
  items = $state.raw<T[]>([]);
  loading = $state(true);
  error = $state.raw<unknown>();
  #cursor = $state<string>();
  #load: (cursor?: string) => Promise<Page<T>>;
  #newest = 0;
  #asked = $state(0);

  constructor(load: (cursor?: string) => Promise<Page<T>>) {
    this.#load = load;
    $effect(() => {
      void [this.#asked, connection.revision];
      const first = load();
      untrack(() => void this.#take(first, []));
    });
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  more(): void {
    if (!this.loading) void this.#take(this.#load(this.#cursor), this.items);
  }

  reload(): void {
    this.#asked += 1;
  }

  async #take(page: Promise<Page<T>>, before: T[]) {
    const mine = ++this.#newest;
    this.loading = true;
    try {
      let got = await page;
      for (let n = 0; got.items.length === 0 && got.nextCursor && n < EMPTY_PAGES_SKIPPED; n++)
        got = await this.#load(got.nextCursor);
      if (mine !== this.#newest) return;
      this.items = [...before, ...got.items];
      this.#cursor = got.nextCursor;
      this.error = undefined;
    } catch (cause) {
      if (mine === this.#newest) this.error = cause;
    } finally {
      if (mine === this.#newest) this.loading = false;
    }
  }
}
