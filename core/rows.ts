/**
 * The stored things of a list, and an error for each row that cannot be read. Such a row must not stop the others, and
 * must not be taken for absent either. A schedule handles the others and then reports it.
 */
export type Rows<T> = { items: T[]; unreadable: Error[] };
