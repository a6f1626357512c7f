import { untrack } from 'svelte';
import { type KeptList, listHere } from '../shell/places.ts';
import { connection } from './connection.svelte.ts';

type Page<T> = { items: T[]; nextCursor?: string };

/** A page may be short, or empty, though more follows: an empty beginning is skipped this many times. */
const EMPTY_PAGES_SKIPPED = 5;

/**
 * A list read page by page. It begins again when what `load` reads changes; asked to reload it reads as many items as it
 * shows. With a name it is as it was left when one comes back to it, and is read again then.
 */
export class Pages<T> {
  items = $state.raw<T[]>([]);
  loading = $state(true);
  error = $state.raw<unknown>();
  #cursor = $state<string>();
  #load: (cursor?: string) => Promise<Page<T>>;
  #newest = 0;
  #asked = $state(0);

  #kept: KeptList<T> | undefined;

  constructor(load: (cursor?: string) => Promise<Page<T>>, name?: string) {
    this.#load = load;
    let reloads = '';
    $effect(() => {
      const asked = `${this.#asked} ${connection.revision}`;
      const isReload = reloads !== '' && reloads !== asked;
      reloads = asked;
      const first = load();
      untrack(() => void this.#take(first, [], isReload ? this.items.length : this.#comeBack(name)));
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

  /** @returns how many items were shown when one left this place */
  #comeBack(name: string | undefined): number {
    this.#kept = name === undefined ? undefined : listHere<T>(name);
    if (this.#kept?.list) {
      this.items = this.#kept.list.items;
      this.#cursor = this.#kept.list.cursor;
    }
    return this.#kept?.count ?? 0;
  }

  async #take(page: Promise<Page<T>>, before: T[], atLeast = 0) {
    const mine = ++this.#newest;
    const kept = this.#kept;
    this.loading = true;
    try {
      let got = await this.#filled(await page);
      let items = [...before, ...got.items];
      while (items.length < atLeast && got.nextCursor && got.items.length > 0) {
        got = await this.#filled(await this.#load(got.nextCursor));
        items = [...items, ...got.items];
      }
      if (mine !== this.#newest) return;
      this.items = items;
      this.#cursor = got.nextCursor;
      this.error = undefined;
      kept?.keep({ items, cursor: got.nextCursor });
    } catch (cause) {
      if (mine === this.#newest) this.error = cause;
    } finally {
      if (mine === this.#newest) this.loading = false;
    }
  }

  /** The page, or the next one that has items. */
  async #filled(page: Page<T>): Promise<Page<T>> {
    let got = page;
    for (let n = 0; got.items.length === 0 && got.nextCursor && n < EMPTY_PAGES_SKIPPED; n++)
      got = await this.#load(got.nextCursor);
    return got;
  }
}
