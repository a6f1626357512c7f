import { type KeptList, visitedList } from '../shell/visits.ts';
import { Loader, type LoaderOptions } from './loader.svelte.ts';

type Page<T> = { items: T[]; nextCursor?: string };
type List<T> = { items: T[]; cursor?: string };
type LoadPage<T> = (cursor?: string) => Promise<Page<T>>;

/** Upper bound of pages without new items that are read in a row. The API may return short or empty pages. */
const MAX_FRUITLESS_PAGES = 20;

/**
 * A list of the API, read page by page, each item once. `load` gets the cursor of the page. A reload reads as many
 * items as are shown. A list with a `name` is restored, then reloaded, when the visitor returns to its page.
 */
export class Pages<T extends { id: string }> extends Loader<Page<T>> {
  items = $state.raw<T[]>([]);
  #cursor = $state<string>();
  readonly #load: LoadPage<T>;
  readonly #name: string | undefined;
  #kept: KeptList<T> | undefined;

  constructor(load: LoadPage<T>, { name, ...options }: LoaderOptions & { name?: string } = {}) {
    super(load, options);
    this.#load = load;
    this.#name = name;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  more(): void {
    if (!this.loading) this.#show(this.#load(this.#cursor), this.items);
  }

  protected override loaded(first: Promise<Page<T>>, isReload: boolean): void {
    const atLeast = isReload ? this.items.length : this.#restore();
    this.#show(first, [], atLeast);
  }

  /** @returns how many items were shown when the visitor left the page */
  #restore(): number {
    this.#kept = this.#name === undefined ? undefined : visitedList<T>(this.#name);
    if (this.#kept?.list) {
      this.items = this.#kept.list.items;
      this.#cursor = this.#kept.list.cursor;
    }
    return this.#kept?.count ?? 0;
  }

  #show(page: Promise<Page<T>>, before: T[], atLeast = 0): void {
    const kept = this.#kept;
    const wanted = Math.max(atLeast, before.length + 1);
    void this.showNewest(
      (isNewest) => this.#read(page, before, wanted, isNewest),
      (list) => {
        this.items = list.items;
        this.#cursor = list.cursor;
        kept?.keep(list);
      },
    );
  }

  /** Reads pages from `page` on, until the list has `wanted` items. */
  async #read(
    page: Promise<Page<T>>,
    before: T[],
    wanted: number,
    isNewest: () => boolean,
  ): Promise<List<T>> {
    let { items: added, nextCursor } = await page;
    let items = merged(before, added);
    let fruitless = 0;
    while (items.length < wanted && nextCursor && fruitless < MAX_FRUITLESS_PAGES && isNewest()) {
      ({ items: added, nextCursor } = await this.#load(nextCursor));
      const longer = merged(items, added);
      fruitless = longer.length > items.length ? 0 : fruitless + 1;
      items = longer;
    }
    return { items, cursor: nextCursor };
  }
}

/** Both lists in one. An item that moved between two pages is kept once, because a keyed list breaks on a duplicate. */
function merged<T extends { id: string }>(shown: T[], added: T[]): T[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...added.filter(({ id }) => !known.has(id))];
}
