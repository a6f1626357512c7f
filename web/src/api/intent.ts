import { dropDraft, keepDraft, keptDraft } from '../session/drafts.ts';

type Made = { key: string; body: string };

/** Whose intent outlives its page, and of which form. */
type Keeping = { accountId: string; form: string };

/**
 * What somebody means to do once. A double click or a retry after a lost answer carries the same key, so it cannot
 * happen twice; another body, or the next time, is another intent. With `keeping` a reload carries it too, because the
 * form's draft comes back and may be sent again.
 */
export class Intent {
  #made: Made | undefined;
  readonly #keeping: () => Keeping | undefined;

  constructor(keeping: () => Keeping | undefined = () => undefined) {
    this.#keeping = keeping;
  }

  keyFor(body: object): string {
    const text = JSON.stringify(body);
    const keeping = this.#keeping();
    this.#made ??= keeping && madeBefore(keeping);
    if (this.#made?.body !== text) {
      // Not randomUUID: browsers lack it on plain-http hosts other than localhost.
      const key = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
      this.#made = { key, body: text };
      if (keeping) keepDraft(keeping.accountId, nameOf(keeping), JSON.stringify(this.#made));
    }
    return this.#made.key;
  }

  done(): void {
    this.#made = undefined;
    const keeping = this.#keeping();
    if (keeping) dropDraft(keeping.accountId, nameOf(keeping));
  }
}

const nameOf = ({ form }: Keeping): string => `${form} intent`;

function madeBefore(keeping: Keeping): Made | undefined {
  const kept = keptDraft(keeping.accountId, nameOf(keeping));
  return kept === undefined ? undefined : JSON.parse(kept);
}
