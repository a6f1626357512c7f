import { connection } from '../api/connection.svelte.ts';

const TIMEOUT_MS = 10_000;
const ENTRY = /<script[^>]+src="([^"]+)"/;

/** The script that the site's page starts with now: another name is another build. Undefined when nothing answers. */
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
 * The page that is being opened. Its files may be out of reach: the page before stays then, because a reload without a
 * server would end in the browser's own error page.
 */
class Opening {
  /** The path of the page that could not be opened. */
  failed = $state.raw<string>();
  #wanted: string | undefined;
  /** Vite asks for a style sheet once only, so after a failure a page may come without it. */
  #isIncomplete = false;

  async begin(path: string, { isBuiltIn }: { isBuiltIn: boolean }): Promise<void> {
    this.#wanted = path;
    if (!this.#isIncomplete || isBuiltIn) return;
    await this.retry(path);
    throw new Error('opened by loading it afresh, or not at all');
  }

  done(): void {
    this.#wanted = undefined;
    this.failed = undefined;
  }

  /** A file of the wanted page did not come. A newer build has replaced it, or the server cannot be reached. */
  fail = async (): Promise<void> => {
    const path = this.#wanted;
    if (path === undefined) return;
    this.#isIncomplete = true;
    const entry = await servedEntry();
    if (entry !== undefined && entry !== ownEntry()) location.assign(path);
    else this.failed = path;
  };

  /** Loads the page afresh, as soon as the server is known to answer. */
  async retry(path: string): Promise<void> {
    if ((await servedEntry()) === undefined) this.failed = path;
    else location.assign(path);
  }
}

export const opening = new Opening();
