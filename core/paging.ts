/** The position at which a list continues, as plain keys of the store. The HTTP layer signs it against forgery. */
export type Position = Record<string, string>;

export type PageRequest = { limit: number; after?: Position };

export type Page<T> = { items: T[]; next?: Position };
