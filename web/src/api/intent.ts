import { dropDraft, keepDraft, keptDraft } from '../session/drafts.ts';

type Made = { key: string; body: string };

/** Where an intent outlives its page. */
type Keeping = { accountId: string; form: string };

/**
 * What somebody means to do once. A double click or a retry after a lost answer carries the same key, so it cannot
 * happen twice; another body, or the next time, is another intent. With `keeping` a reload carries it too, as the form's
 * draft comes back and may be sent a second time.
 */
export class Intent {
  #made: Made | undefined;
  readonly #keeping: Keeping | undefined;

  constructor(keeping?: Keeping) {
    this.#keeping = keeping;
    const kept = keeping && keptDraft(keeping.accountId, nameOf(keeping));
    if (kept) this.#made = JSON.parse(kept);
  }

  keyFor(body: object): string {
    const text = JSON.stringify(body);
    if (this.#made?.body !== text) {
      // Not randomUUID: browsers lack it on plain-http hosts other than localhost.
      const key = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
      this.#made = { key, body: text };
      if (this.#keeping)
        keepDraft(this.#keeping.accountId, nameOf(this.#keeping), JSON.stringify(this.#made));
    }
    return this.#made.key;
  }

  done(): void {
    this.#made = undefined;
    if (this.#keeping) dropDraft(this.#keeping.accountId, nameOf(this.#keeping));
  }
}

const nameOf = ({ form }: Keeping): string => `${form} intent`;
