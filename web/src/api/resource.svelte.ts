import { untrack } from 'svelte';
import { connection } from './connection.svelte.ts';

export type Resource<T> = {
  readonly value: T | undefined;
  readonly error: unknown;
  reload(): void;
  /** Takes what an action answered, without asking again. */
  set(value: T): void;
};

/**
 * Something the API has, kept up to date while the component lives: asked again when what `load` reads changes, when
 * the connection is back, and every `everyMs` while the page is looked at.
 */
export function resource<T>(load: () => Promise<T>, { everyMs }: { everyMs?: number } = {}): Resource<T> {
  let value = $state.raw<T>();
  let error = $state.raw<unknown>();
  let asked = $state(0);
  let newest = 0;

  async function ask(loading: Promise<T>) {
    const mine = ++newest;
    try {
      const loaded = await loading;
      if (mine !== newest) return;
      value = loaded;
      error = undefined;
    } catch (cause) {
      if (mine === newest) error = cause;
    }
  }

  $effect(() => {
    void [asked, connection.revision];
    const loading = load();
    untrack(() => void ask(loading));
  });

  $effect(() => {
    if (!everyMs) return;
    const again = () => {
      if (!document.hidden) asked += 1;
    };
    const timer = setInterval(again, everyMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  });

  return {
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    reload: () => {
      asked += 1;
    },
    set: (next) => {
      newest += 1;
      value = next;
      error = undefined;
    },
  };
}
