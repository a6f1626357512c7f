/** The position at which a list continues, as plain keys of the store. The HTTP layer signs it against forgery. */
export type Position = Record<string, string>;

export type PageRequest = { limit: number; after?: Position };

export type Page<T> = { items: T[]; next?: Position };

const PAGE_LENGTH = 25;

/** Does `act` for each item of a list, those of a page at once and the pages one after the other. */
export async function forEachInPages<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  act: (item: T) => Promise<void>,
): Promise<void> {
  let after: Position | undefined;
  do {
    const { items, next } = await read({ limit: PAGE_LENGTH, ...(after && { after }) });
    await Promise.all(items.map(act));
    after = next;
  } while (after);
}
