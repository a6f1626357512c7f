/** Where a list goes on. Plain keys of the store; the door to the outside signs it, so that none can be forged. */
export type Position = Record<string, string>;

export type PageRequest = { limit: number; after?: Position };

export type Page<T> = { items: T[]; next?: Position };
