type Kept = {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
};

/**
 * What a browser keeps, or this page's memory where the browser forbids it: even the name `localStorage` throws there.
 * @param area reads the browser's own, as late as possible
 */
function storageOf(area: () => Storage): Kept & { isForbidden(): boolean } {
  const memory = new Map<string, string>();
  function tried<T>(use: (storage: Storage) => T, otherwise: () => T): T {
    try {
      return use(area());
    } catch {
      return otherwise();
    }
  }
  return {
    get: (key) =>
      tried(
        (storage) => storage.getItem(key),
        () => memory.get(key) ?? null,
      ),
    set: (key, value) =>
      tried(
        (storage) => storage.setItem(key, value),
        () => void memory.set(key, value),
      ),
    remove: (key) =>
      tried(
        (storage) => storage.removeItem(key),
        () => void memory.delete(key),
      ),
    isForbidden: () =>
      tried(
        (storage) => storage.length < 0,
        () => true,
      ),
  };
}

/** Kept for all tabs, until it is removed. */
export const browserStorage = storageOf(() => localStorage);
/** Kept for one tab, until it is closed. */
export const tabStorage = storageOf(() => sessionStorage);
