type Kept = {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
};

/**
 * A storage of the browser, or the page's memory if the browser forbids it.
 * @param area a function, because reading `localStorage` itself throws where it is forbidden
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

/** Shared by all tabs, until removed. */
export const browserStorage = storageOf(() => localStorage);
/** For one tab, until it is closed. */
export const tabStorage = storageOf(() => sessionStorage);
