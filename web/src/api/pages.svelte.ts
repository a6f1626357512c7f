import { untrack } from 'svelte';
import { type KeptList, listHere } from '../shell/places.ts';
import { connection } from './connection.svelte.ts';

type Page<T> = { items: T[]; nextCursor?: string };

/** A page may be short, or empty, although more follows. As many that bring nothing new are read at once. */
const PAGES_AT_ONCE = 20;

/** Both lists in one, each thing once: a thing may have moved, and a keyed list breaks on a second one. */
function joined<T extends { id: string }>(shown: T[], read: T[]): T[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...read.filter(({ id }) => !known.has(id))];
}

/**
 * A list read page by page, each thing once. It starts again when the state that `load` reads changes; asked to reload
 * it reads as many items as it shows. With a name it is as it was left when one comes back to it, and is read again then.
 */
export class Pages<T extends { id: string }> {
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
      let got = await page;
      let items = joined(before, got.items);
      const wanted = Math.max(atLeast, before.length + 1);
      for (let fruitless = 0; items.length < wanted && got.nextCursor && fruitless < PAGES_AT_ONCE; ) {
        if (mine !== this.#newest) return;
        got = await this.#load(got.nextCursor);
        const more = joined(items, got.items);
        fruitless = more.length > items.length ? 0 : fruitless + 1;
        items = more;
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
}
