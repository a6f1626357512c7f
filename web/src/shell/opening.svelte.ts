import { connection } from '../api/connection.svelte.ts';

const TIMEOUT_MS = 10_000;
const ENTRY = /<script[^>]+src="([^"]+)"/;

/** The entry script that the server delivers now. Its name identifies the build. @returns undefined if offline */
async function servedEntry(): Promise<string | undefined> {
  try {
    const response = await fetch('/', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return ENTRY.exec(await response.text())?.[1];
  } catch {
    connection.lost();
    return undefined;
  }
}

const ownEntry = (): string | null | undefined =>
  document.querySelector('script[type=module][src]')?.getAttribute('src');

/**
 * Opens pages. If the files of a page cannot be loaded, the current page stays, because a reload without a server would
 * end in the browser's error page.
 */
class Opening {
  /** The path of the page that could not be opened. */
  failed = $state.raw<string>();
  #wanted: string | undefined;
  /** Vite requests a style sheet only once, so after a failure a page may lack it. */
  #isIncomplete = false;

  async begin(path: string, { isBuiltIn }: { isBuiltIn: boolean }): Promise<void> {
    this.#wanted = path;
    if (!this.#isIncomplete || isBuiltIn) return;
    await this.retry(path);
    throw new Error('the page is reloaded or stays closed');
  }

  done(): void {
    this.#wanted = undefined;
    this.failed = undefined;
  }

  /** Handles a missing file: a newer build has replaced it, or the server is unreachable. */
  fail = async (): Promise<void> => {
    const path = this.#wanted;
    if (path === undefined) return;
    this.#isIncomplete = true;
    const entry = await servedEntry();
    if (entry !== undefined && entry !== ownEntry()) location.assign(path);
    else if (this.#wanted === path) this.failed = path;
  };

  /** Reloads the site at `path` if the server answers. */
  async retry(path: string): Promise<void> {
    if ((await servedEntry()) === undefined) this.failed = path;
    else location.assign(path);
  }
}

export const opening = new Opening();
